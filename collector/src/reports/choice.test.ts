/** Some numbers of a wide report, and members together: what can be asked for, and what is wrong with it. */
import { EVERYTHING, choiceParams, chosenOf, parseChosen } from './choice.js';
import { blankRow, inTurns, limitLines, mapInTurns } from './long-tables.js';
import { sourcesOf } from './sum-rollups.js';
import type { Column } from './table.js';

const column = (key: string): Column => ({ key, label: key, type: 'count', unit: null, description: key });
const numbers = ['entered', 'answered', 'serviceLevel'].map(column);
const asked = (params: object) =>
  parseChosen({ tz: 'UTC', ...RANGE, ...params }, 1, {
    member: 'queue',
    numbers,
  });
const RANGE = { from: '2026-10-01', to: '2026-11-01' };

describe('what is wanted', () => {
  it('is everything when nothing is said', () => {
    expect(asked({}).choice).toEqual(EVERYTHING);
    expect(chosenOf(numbers, EVERYTHING)).toEqual(numbers);
  });

  it('is a list, repeated or by commas, in the order of the report', () => {
    for (const columns of ['serviceLevel, entered', ['serviceLevel', 'entered'], ['serviceLevel,entered']]) {
      const { choice } = asked({ columns });
      expect(chosenOf(numbers, choice).map(({ key }) => key)).toEqual(['entered', 'serviceLevel']);
    }
  });

  it('names every number there is not, with one that is near', () => {
    expect(() => asked({ columns: 'enterd,answered,wage', groupBy: 'agent' })).toThrow(
      'columns: "enterd" is no number of this report; did you mean entered?; ' +
        'columns: "wage" is no number of this report; there is entered, answered, serviceLevel; ' +
        'groupBy: "agent" is none of queue, none',
    );
  });

  it('is described with its choices', () => {
    expect(choiceParams('agent', numbers)).toMatchObject([
      { name: 'columns', choices: ['entered', 'answered', 'serviceLevel'] },
      { name: 'groupBy', choices: ['agent', 'none'], default: 'agent' },
    ]);
  });
});

describe('long tables', () => {
  it('lose nothing when they are made in turns', async () => {
    const items = Array.from({ length: 2_500 }, (_, n) => n);
    expect(await mapInTurns(items, (n) => n + 1)).toEqual(items.map((n) => n + 1));
    const lengths = [];
    for await (const some of inTurns(items)) lengths.push(some.length);
    expect(lengths).toEqual([1_000, 1_000, 500]);
  });

  it('stop when nobody waits any more', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(mapInTurns(Array(1_001).fill(0), (n: number) => n, gone)).rejects.toThrow('gone');
  });

  it('are refused before they are made when they would be too long', () => {
    expect(() => limitLines(96, 500, 'queues')).not.toThrow();
    expect(() => limitLines(2_976, 500, 'queues')).toThrow(
      'granularity: cuts this range into 2976 rows for each of 500 queues, more than 150000 in all; choose a coarser one, ' +
        'a shorter range or fewer queues',
    );
  });

  it('have rows with every column', () => {
    expect(blankRow(numbers)).toEqual({ entered: null, answered: null, serviceLevel: null });
  });

  it('are read a week at a time', () => {
    const day = 86_400_000;
    const sources = sourcesOf('queue', {
      slots: [],
      days: { zoneId: 1, fromMs: 0, toMs: 30 * day },
      quarters: [{ fromMs: 30 * day, toMs: 50 * day }],
      parts: [],
    });
    expect(sources.map(({ table, fromMs, toMs }) => [table, fromMs / day, toMs / day])).toEqual([
      ['queueRollupDay', 0, 30],
      ['queueRollup15m', 30, 37],
      ['queueRollup15m', 37, 44],
      ['queueRollup15m', 44, 50],
    ]);
  });
});
