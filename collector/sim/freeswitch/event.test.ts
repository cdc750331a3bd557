/** The texts of events are byte for byte what FreeSWITCH makes of the same headers. */
import { describe, expect, it } from '@jest/globals';
import { eventText, urlEncode, type EslEvent, type Header } from './event.js';
import { commandReply, apiResponse, eventFrame } from './frame.js';
import { readEvents, readFrames, recordedBytes } from './testing/read-events.js';

const event = (headers: readonly Header[], body?: string): EslEvent => ({
  name: 'X',
  subclass: undefined,
  headers,
  ...(body !== undefined && { body }),
});

describe('plain text', () => {
  it.each([
    ['fs-tiny', 657],
    ['fs-names', 1277],
  ])('of every event of %s is the recorded one', (trace, count) => {
    const events = readEvents(recordedBytes(`${trace}/plain-all.raw.gz`));
    const rewritten = events.map(({ headers, body }) => eventText(event(headers, body), 'plain'));
    expect(rewritten).toEqual(events.map(({ text }) => text));
    expect(events.length).toBe(count);
  });

  it('escapes bytes, not characters, and leaves what looks escaped', () => {
    expect(urlEncode("Müller & Söhne, O'Neill")).toBe("M%C3%BCller%20%26%20S%C3%B6hne,%20O'Neill");
    expect(urlEncode('100% busy')).toBe('100%25%20busy');
    expect(urlEncode('100%20busy')).toBe('100%20busy');
    expect(urlEncode('a\nb\u007f😀')).toBe('a%0Ab%7F%F0%9F%98%80');
  });

  it('counts a body in bytes', () => {
    expect(eventText(event([['Job-UUID', 'j']], 'Jörg\n'), 'plain')).toBe(
      'Job-UUID: j\nContent-Length: 6\n\nJörg\n',
    );
  });
});

describe('JSON', () => {
  it('of every event of mod_callcenter without a channel is the recorded one', () => {
    const texts = readFrames(recordedBytes('fs-tiny/json-all.raw.gz'))
      .filter(({ headers }) => headers.get('Content-Type') === 'text/event-json')
      .map(({ body }) => body.toString('utf8'))
      .filter((text) => text.includes('callcenter::info') && !text.includes('"Unique-ID"'));
    const rewritten = texts.map((text) =>
      eventText(event(Object.entries(JSON.parse(text) as Record<string, string>)), 'json'),
    );
    expect(rewritten).toEqual(texts);
    expect(texts.length).toBe(39);
  });

  it('gives numbers as text, twice what is there twice, and a body', () => {
    expect(
      eventText(
        event(
          [
            ['A', 1],
            ['A', 'zwei "2"'],
          ],
          'ö',
        ),
        'json',
      ),
    ).toBe('{"A":"1","A":"zwei \\"2\\"","Content-Length":"2","_body":"ö"}');
  });
});

it('frames count bytes', () => {
  expect(eventFrame(event([['N', 'ü']]), 'json')).toBe(
    'Content-Length: 10\nContent-Type: text/event-json\n\n{"N":"ü"}',
  );
  expect(apiResponse('ü\n')).toBe('Content-Type: api/response\nContent-Length: 3\n\nü\n');
  expect(apiResponse('')).toBe('Content-Type: api/response\nContent-Length: 14\n\n-ERR no reply\n');
  expect(commandReply('+OK Job-UUID: j', 'Job-UUID: j')).toBe(
    'Content-Type: command/reply\nReply-Text: +OK Job-UUID: j\nJob-UUID: j\n\n',
  );
});
