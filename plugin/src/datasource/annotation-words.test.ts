/** Titles and texts of marks. */
import { annotationWords, type Annotation } from './annotation-words';

const mark: Annotation = {
  time: 0,
  timeEnd: null,
  kind: 'gap',
  pbx: 'hq',
  queue: null,
  title: 'stream of hq was not heard',
  text: 'nothing received for 95 s',
  tags: [],
  value: null,
  goal: null,
  queueName: null,
  entered: null,
  thresholdSeconds: null,
  source: 'stream',
  reasonCode: 'silent',
  reasonParams: { seconds: '95' },
};

test('a gap says what was not heard, and why', () => {
  expect(annotationWords(mark)).toEqual({
    title: 'hq: event stream not heard',
    text: 'Nothing received for 95 s',
  });
});

test('a reason without a code is shown as it is', () => {
  expect(annotationWords({ ...mark, text: 'EWHAT', reasonCode: null, reasonParams: {} }).text).toBe('EWHAT');
});

test('breaches name their numbers', () => {
  const breach = { ...mark, queue: '600', queueName: 'Sales & Co', value: 0.625, goal: 0.8, entered: 8 };
  expect(annotationWords({ ...breach, kind: 'serviceLevel', thresholdSeconds: 20 })).toEqual({
    title: 'Sales & Co: service level missed',
    text: '62.5% within 20 s of a goal of 80.0% (8 entered)',
  });
  expect(annotationWords({ ...breach, kind: 'abandons' })).toEqual({
    title: 'Sales & Co: many abandoned',
    text: '62.5% abandoned, more than 80.0% (8 entered)',
  });
});

test('a kind of a later collector keeps its words', () => {
  expect(annotationWords({ ...mark, kind: 'storm', title: 'A storm', text: 'of calls' })).toEqual({
    title: 'A storm',
    text: 'of calls',
  });
});
