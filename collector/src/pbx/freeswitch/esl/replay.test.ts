import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { RawMessage } from '../../dialect.js';
import type { TraceFiles } from '../../trace.js';
import { decodeEsl } from './codec.js';
import { replayTrace } from './replay.js';

const recorded = (name: string): TraceFiles => ({
  stream: fileURLToPath(new URL(`../../../../test/traces/${name}.raw.gz`, import.meta.url)),
  chunks: fileURLToPath(new URL(`../../../../test/traces/${name}.idx.gz`, import.meta.url)),
});

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'trace-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const write = (name: string, bytes: Buffer | string): string => {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
};
const unpacked = (path: string): string => gunzipSync(readFileSync(path)).toString('latin1');

interface Replayed {
  messages: RawMessage[];
  troubles: string[];
  error: Error | undefined;
}

async function read(files: TraceFiles): Promise<Replayed> {
  const messages: RawMessage[] = [];
  const troubles: string[] = [];
  const onTrouble = (error: Error): void => void troubles.push(error.message);
  try {
    for await (const batch of replayTrace({ pbx: 'lab', ...files, onTrouble })) messages.push(...batch);
    return { messages, troubles, error: undefined };
  } catch (error) {
    return { messages, troubles, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** With bytes that compare fast. */
const shown = (messages: readonly RawMessage[]): object[] =>
  messages.map((message) => ({ ...message, bytes: message.bytes.toString('latin1') }));

const links = (messages: RawMessage[]): [string, number][] =>
  messages
    .filter(({ source }) => source === 'link')
    .map(({ bytes, receivedUs }) => [bytes.toString(), receivedUs]);

const UP = '{"type":"up"}';
const down = (reason: string): string => JSON.stringify({ type: 'down', reason });
const END = down('end of recording');

/** A recording of what is given, line by line: texts starting with "C " were sent, single words are marks. */
function recording(...lines: string[]): TraceFiles {
  let [stream, index, us] = ['', '', 1_795_202_621_000_000];
  for (const line of lines) {
    us += 1000;
    const isMark = /^(?:C .*|connect|cut|close)$/.test(line);
    index += isMark ? `${us} ${line}\n` : `${us} S ${stream.length} ${line.length}\n`;
    if (!isMark) stream += line;
  }
  return { stream: write('made.raw', stream), chunks: write('made.idx', index) };
}

const REQUEST = 'Content-Type: auth/request\n\n';
const OK = 'Content-Type: command/reply\nReply-Text: +OK accepted\n\n';
const event = (body: string): string =>
  `Content-Length: ${body.length}\nContent-Type: text/event-plain\n\n${body}`;
const HEARTBEAT = event('Event-Name: HEARTBEAT\nEvent-Sequence: 7\n\n');
const reply = (text: string): string =>
  `Content-Type: api/response\nContent-Length: ${text.length}\n\n${text}`;
const notice = (text: string): string =>
  `Content-Type: text/disconnect-notice\nContent-Length: ${text.length}\n\n${text}`;

describe('replayTrace on recorded connections', () => {
  test('fs-tiny: up with the accepted password, down at the close, every event at the time of its last chunk', async () => {
    const { messages, troubles, error } = await read(recorded('fs-tiny/plain-all'));
    expect([troubles, error]).toEqual([[], undefined]);
    const index = unpacked(recorded('fs-tiny/plain-all').chunks).trim().split('\n');
    expect(links(messages)).toEqual([
      [UP, Number(index[3]?.split(' ')[0])],
      [END, Number(index.at(-1)?.split(' ')[0])],
    ]);
    expect(index[3]).toMatch(/ S 28 54$/);
    expect(messages[0]).toMatchObject({ pbx: 'lab', source: 'link', ordinal: 0 });
    // Up, the answer to "event", 657 events; the greeting and the notice are no messages of the connection.
    expect(messages.at(-1)?.ordinal).toBe(659);
    expect(messages.filter(({ source }) => source === 'esl')).toHaveLength(92);

    const ends = new Map<number, number>();
    for (const line of index) {
      const [us, mark, offset, length] = line.split(' ');
      if (mark === 'S') ends.set(Number(offset) + Number(length), Number(us));
    }
    const stream = unpacked(recorded('fs-tiny/plain-all').stream);
    for (const { source, bytes, receivedUs } of messages) {
      if (source !== 'esl') continue;
      const frameEnd = stream.indexOf(bytes.toString('latin1')) + bytes.length;
      const [, lastChunkUs] = [...ends].find(([end]) => end >= frameEnd) ?? [];
      expect(receivedUs).toBe(lastChunkUs);
      const message = decodeEsl(bytes);
      const firedUs = message.type === 'event' ? Number(message.get('Event-Date-Timestamp')) : 0;
      expect(receivedUs - firedUs).toBeGreaterThan(0);
      expect(receivedUs - firedUs).toBeLessThan(1_000_000);
    }
  });

  test.each([
    ['fs-small', 641],
    ['fs-edge', 1123],
  ])('%s: plain and JSON give the same %i events', async (trace, count) => {
    const sequences = async (format: string): Promise<string[]> => {
      const { messages, troubles, error } = await read(recorded(`${trace}/${format}`));
      expect([troubles, error, links(messages).length]).toEqual([[], undefined, 2]);
      return messages
        .filter(({ source }) => source === 'esl')
        .map(({ bytes }) => {
          const message = decodeEsl(bytes);
          return message.type === 'event' ? (message.get('Event-Sequence') ?? '') : message.type;
        });
    };
    const plain = await sequences('plain-all');
    expect(plain).toHaveLength(count);
    expect(new Set(plain).size).toBe(count);
    expect((await sequences('json-all')).sort()).toEqual(plain.sort());
  });

  test('fs-medium/plain-reconnect: two connections, the gap between them marked, each list with its command', async () => {
    const { messages, troubles, error } = await read(recorded('fs-medium/plain-reconnect'));
    expect([troubles, error]).toEqual([[], undefined]);
    expect(links(messages)).toEqual([
      [UP, 1795202720338435],
      [down('cut in the recording'), 1795202780328352],
      [UP, expect.any(Number)],
      [END, 1795202855660429],
    ]);
    const connections = [...new Set(messages.map(({ connection }) => connection))];
    expect(connections).toHaveLength(2);
    const lists = [
      'callcenter_config queue list',
      'callcenter_config agent list',
      'callcenter_config tier list',
      'callcenter_config queue list members',
      'show channels as json',
    ];
    for (const connection of connections) {
      const own = messages.filter((message) => message.connection === connection);
      expect(own.map(({ ordinal }) => ordinal)).toEqual(
        own.map(({ ordinal }) => ordinal).sort((a, b) => a - b),
      );
      expect([own[0]?.ordinal, new Set(own.map(({ ordinal }) => ordinal)).size]).toEqual([0, own.length]);
      const replies = own.flatMap(({ source, bytes }) => {
        const message = source === 'esl' ? decodeEsl(bytes) : undefined;
        return message?.type === 'reply' ? [message] : [];
      });
      expect(replies.map(({ command }) => command)).toEqual(lists);
      expect(replies[0]?.text).toMatch(/^name\|strategy\|/);
      expect(replies[1]?.text).toMatch(/^name\|instance_id\|/);
      expect(replies[2]?.text).toMatch(/^queue\|agent\|state\|/);
      expect(replies[4]?.text).toMatch(/^\{"row_count": ?\d+/);
    }
    expect(messages).toHaveLength(4 + 10 + 1109);
  });

  test('twice the same files, or the same bytes unpacked elsewhere, give the same messages', async () => {
    const files = recorded('fs-tiny/plain-narrow');
    const copy = {
      stream: write('a.raw', gunzipSync(readFileSync(files.stream))),
      chunks: write('a.idx', unpacked(files.chunks).replaceAll(' ', '\t').replaceAll('\n', '\r\n')),
    };
    const [first, again, other] = [await read(files), await read(files), await read(copy)];
    expect(first.messages).toHaveLength(94);
    expect(shown(again.messages)).toEqual(shown(first.messages));
    expect(shown(other.messages)).toEqual(shown(first.messages));
    expect([first, again, other].map(({ troubles, error }) => [troubles, error])).toEqual(
      Array(3).fill([[], undefined]),
    );
    const json = await read(recorded('fs-tiny/json-all'));
    expect(json.messages[0]?.connection).toMatch(/^esl:recording:[0-9a-f]{20}$/);
    expect(json.messages[0]?.connection).not.toBe(first.messages[0]?.connection);
  });

  test('batches are bounded, whatever their size the messages are the same', async () => {
    const sizes: number[] = [];
    const progress: number[] = [];
    const messages: RawMessage[] = [];
    const options = { pbx: 'lab', ...recorded('fs-tiny/plain-narrow'), maxMessages: 10 };
    for await (const batch of replayTrace({ ...options, onProgress: (bytes) => progress.push(bytes) })) {
      sizes.push(batch.length);
      messages.push(...batch);
    }
    expect(Math.max(...sizes)).toBeLessThan(20);
    expect(shown(messages)).toEqual(shown((await read(recorded('fs-tiny/plain-narrow'))).messages));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(485_970);
  });
});

describe('connections of a recording', () => {
  test('a refused password was never up, and that is said', async () => {
    const refused = 'Content-Type: command/reply\nReply-Text: -ERR invalid\n\n';
    const { messages, troubles } = await read(
      recording(
        'connect',
        REQUEST,
        'C auth ****',
        refused,
        'close',
        'connect',
        REQUEST,
        'C auth ****',
        OK,
        HEARTBEAT,
      ),
    );
    expect(links(messages).map(([link]) => link)).toEqual([UP, END]);
    expect(messages).toHaveLength(3);
    expect(troubles).toEqual([
      expect.stringMatching(/made\.raw after byte 82: a connection was refused with "-ERR invalid": /),
    ]);
  });

  test('what FreeSWITCH said at the end is the reason; the last end is the end of the recording', async () => {
    const { messages } = await read(
      recording(
        ...['connect', REQUEST, OK, HEARTBEAT, notice('The system is\nbeing shut down.\n'), 'close'],
        ...['connect', REQUEST, OK, 'close'],
        ...['connect', REQUEST, OK],
        ...['connect', REQUEST, OK, notice('Disconnected, goodbye.\n'), 'close'],
      ),
    );
    expect(
      links(messages)
        .filter(([link]) => link !== UP)
        .map(([link]) => link),
    ).toEqual([
      down('FreeSWITCH says: The system is being shut down.'),
      down('closed in the recording'),
      down('cut in the recording'),
      END,
    ]);
  });

  test('a recording that began after the login, without any mark', async () => {
    const { messages } = await read(recording(HEARTBEAT, HEARTBEAT));
    expect(messages.map(({ source, ordinal }) => [source, ordinal])).toEqual([
      ['link', 0],
      ['esl', 1],
      ['esl', 2],
      ['link', 3],
    ]);
  });

  test('answers go to their commands: other commands between, one that is not permitted, one that is unknown', async () => {
    const denied = 'Content-Type: command/reply\nReply-Text: -ERR permission denied\n\n';
    const lists = ['queue', 'agent', 'tier'].map((what) => `callcenter_config ${what} list`);
    const sent = lists.map((list) => `C api ${list}`);
    const { messages, troubles } = await read(
      recording(
        ...['connect', REQUEST, 'C auth ****', OK, 'C event plain ALL', ...sent],
        ...[OK, reply('queues'), denied, reply('tiers'), reply('nobody asked')],
      ),
    );
    const replies = messages.filter(({ source }) => source === 'esl').map(({ bytes }) => decodeEsl(bytes));
    expect(replies).toEqual([
      { type: 'reply', command: lists[0], text: 'queues' },
      { type: 'reply', command: lists[2], text: 'tiers' },
    ]);
    expect(troubles).toEqual([
      expect.stringMatching(/1 api replies are passed over: .*made\.idx lacks the commands they answer/),
    ]);
  });

  test('an index that holds only the api commands will do', async () => {
    const { messages } = await read(
      recording('connect', REQUEST, OK, 'C api show calls as json', OK, reply('{}'), 'close'),
    );
    expect(decodeEsl(messages[1]?.bytes ?? Buffer.alloc(0))).toEqual({
      type: 'reply',
      command: 'show calls as json',
      text: '{}',
    });
  });

  test('framing begins anew with each connection, and a message cut off at its end is said', async () => {
    const { messages, troubles } = await read(
      recording(
        'connect',
        REQUEST,
        OK,
        HEARTBEAT.slice(0, 60),
        'cut',
        'connect',
        REQUEST,
        OK,
        HEARTBEAT,
        'close',
      ),
    );
    expect(messages.filter(({ source }) => source === 'esl').map(({ bytes }) => bytes.toString())).toEqual([
      HEARTBEAT,
    ]);
    expect(troubles).toEqual([
      expect.stringMatching(
        /after byte 142: bytes were passed over, the stream ends within a message; .*"Content-Length: 41/,
      ),
    ]);
  });

  test('bytes that are no message are said with their place, and what follows is read', async () => {
    const { messages, troubles } = await read(
      recording('connect', REQUEST, OK, `rubbish in the stream\n${HEARTBEAT}`, 'close'),
    );
    expect(messages.filter(({ source }) => source === 'esl')).toHaveLength(1);
    expect(troubles).toEqual([
      expect.stringMatching(
        /made\.raw after byte 82: bytes were passed over, no message begins here.*"rubbish in/,
      ),
    ]);
  });
});

describe('recordings that are broken', () => {
  test('a stream cut off: the file and the place are named, everything before is given out, the link ends', async () => {
    const files = recorded('fs-tiny/plain-narrow');
    const whole = await read(files);
    const plain = gunzipSync(readFileSync(files.stream));
    const cut = await read({ ...files, stream: write('a.raw', plain.subarray(0, 400_000)) });
    expect(cut.error?.message).toMatch(
      /a\.raw after byte 400000: it is truncated: .*plain-narrow\.idx\.gz line \d+ needs \d+ bytes more/,
    );
    expect(shown(cut.messages.slice(0, -1))).toEqual(shown(whole.messages.slice(0, cut.messages.length - 1)));
    expect(cut.messages.length).toBeGreaterThan(whole.messages.length * 0.7);
    expect(cut.messages.at(-1)?.bytes.toString()).toBe(down('recording is truncated'));

    const zipped = readFileSync(files.stream);
    const cutZip = await read({ ...files, stream: write('b.raw.gz', zipped.subarray(0, 15_000)) });
    expect(cutZip.error?.message).toMatch(/b\.raw\.gz after byte \d+: (Error: )?unexpected end of file/);
    expect(shown(cutZip.messages.slice(0, -1))).toEqual(
      shown(whole.messages.slice(0, cutZip.messages.length - 1)),
    );
    expect(cutZip.messages.length).toBeGreaterThan(30);
  });

  test('an index cut off, out of step, with garbage; a missing file: each is named', async () => {
    const files = recorded('fs-tiny/plain-narrow');
    const lines = unpacked(files.chunks).split('\n');
    const withLines = (name: string, some: string[]): Promise<Replayed> =>
      read({ ...files, chunks: write(name, some.join('\n')) });

    const short = await withLines('c.idx', lines.slice(0, 20));
    expect(short.error?.message).toMatch(
      /c\.idx is truncated: it ends at line 20, and .* goes on after byte \d+/,
    );
    expect(short.messages).toHaveLength(9);
    const garbage = await withLines('d.idx', [...lines.slice(0, 3), 'nonsense']);
    expect(garbage.error?.message).toContain(
      'd.idx line 4: "nonsense" is not "epochMicroseconds S offset length", "… C command"',
    );
    const hole = await withLines('e.idx', [...lines.slice(0, 8), ...lines.slice(9)]);
    expect(hole.error?.message).toMatch(
      /e\.idx line 9 begins at byte \d+ of .*raw\.gz, but the lines before end at \d+/,
    );
    expect(hole.messages.at(-1)?.bytes.toString()).toBe(down('recording is truncated'));
    const missing = await read({ ...files, stream: join(directory, 'missing.raw') });
    expect(missing.error?.message).toMatch(/missing\.raw after byte 0: (Error: )?ENOENT/);
    const noIndex = await read({ ...files, chunks: join(directory, 'missing.idx') });
    expect(noIndex.error?.message).toMatch(/missing\.idx/);
    expect(noIndex.messages).toEqual([]);
  });
});
