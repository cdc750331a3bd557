/** Reasons of gaps: the words of each code the collector has, in each language. */
import { readFileSync } from 'fs';
import { join } from 'path';
import ru from '../locales/ru/reasons.json';
import uz from '../locales/uz/reasons.json';
import { reasonText, sourceText } from './reasons';

const collector = join(__dirname, '../../../collector/src/pbx/link-reason.ts');
const codes = [
  ...readFileSync(collector, 'utf8')
    .split('] as const')[0]!
    .matchAll(/^ {2}'(\w+)',$/gm),
].map(([, code]) => code!);

test('every code of the collector has its words', () => {
  expect(codes).toContain('stopped');
  for (const code of codes) {
    expect([code, reasonText({ reason: 'as told', reasonCode: code, reasonParams: {} })]).not.toContain(
      'as told',
    );
    expect(ru).toHaveProperty([`reasons.${code}`]);
    expect(uz).toHaveProperty([`reasons.${code}`]);
  }
});

test('what varies stands in the sentence, whatever its characters', () => {
  const reasonParams = { address: 'pbx/1:5038' };
  expect(reasonText({ reason: '', reasonCode: 'noConnection', reasonParams })).toBe(
    'pbx/1:5038 does not answer: check address and firewall',
  );
});

test('a reason or a source nobody knows is shown as it is', () => {
  expect(reasonText({ reason: 'EWHAT', reasonCode: null, reasonParams: {} })).toBe('EWHAT');
  expect(sourceText('ami')).toBe('ami');
});
