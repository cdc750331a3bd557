/**
 * What a recorded Asterisk said, and the events it means: one folder under `testcases/` per case.
 *
 * `input.ami` + `input.chunks` is a recording of a manager connection as `queuescope capture` makes it, `input.queue_log`
 * a piece of that file; `expected.json` holds the events, one per line, without identity; `README.md` says what happened
 * and where it was recorded. The cases here are cut out of `test/traces`, without headers nothing reads.
 *
 * A new case: make a folder with an input and a README and run this test. It writes the missing `expected.json` and
 * fails; read what it wrote against what the PBX did, and run it again. To renew one, delete it first.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Projection, RawMessage } from '../dialect.js';
import type { PbxEvent } from '../event.js';
import { asteriskDialect } from './dialect.js';
import { replayTrace } from './ami/replay.js';
import { importQueueLog } from './queue-log/import.js';

const folder = fileURLToPath(new URL('testcases/', import.meta.url));
const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

async function messagesOf(name: string): Promise<RawMessage[]> {
  const file = (input: string): string => path.join(folder, name, input);
  const batches = existsSync(file('input.ami'))
    ? replayTrace({ pbx: 'lab', stream: file('input.ami'), chunks: file('input.chunks') })
    : importQueueLog({ pbx: 'lab', files: [file('input.queue_log')] });
  const messages: RawMessage[] = [];
  for await (const batch of batches) messages.push(...batch.filter(({ source }) => source !== 'link'));
  return messages;
}

const fresh = (snapshot?: unknown): Projection => asteriskDialect('UTC').projection('lab', snapshot);
const project = (messages: readonly RawMessage[]): PbxEvent[] => {
  const projection = fresh();
  return messages.flatMap((message) => projection.apply(message));
};

describe.each(cases.map(({ name }) => name))('%s', (name) => {
  let messages: RawMessage[];
  beforeAll(async () => (messages = await messagesOf(name)));

  it('means the expected events', () => {
    const events = project(messages).map(({ id: _i, connection: _c, ordinal: _o, ...event }) => event);
    const file = path.join(folder, name, 'expected.json');
    if (!existsSync(file)) {
      writeFileSync(file, `[\n${events.map((event) => `  ${JSON.stringify(event)}`).join(',\n')}\n]\n`);
      throw new Error(
        `${name}/expected.json was missing and is written now: read it, then run the test again`,
      );
    }
    expect(events).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('gives every event an identity of its own', () => {
    const ids = project(messages).map((event) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('goes on from a stored state, after whichever message the collector was killed', () => {
    let projection = fresh();
    const events: PbxEvent[] = [];
    for (const message of messages) {
      projection = fresh(JSON.parse(JSON.stringify(projection.snapshot())));
      events.push(...projection.apply(message));
    }
    expect(events).toEqual(project(messages));
  });
});
