/**
 * For tests: the call records FreeSWITCH 1.10.12 wrote during the recorded traces (test/traces/fs-*).
 *
 * `json_cdr.tar.gz` holds the files of mod_json_cdr as they were; `legs.ndjson.gz` the same channels in short, made by
 * other code.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export type TraceName = 'fs-tiny' | 'fs-small' | 'fs-medium' | 'fs-edge' | 'fs-names';

export const traceFile = (trace: TraceName, file: string): URL =>
  new URL(`../../../../../test/traces/${trace}/${file}`, import.meta.url);

/** Times are seconds since the epoch. */
export interface ShortLeg {
  uuid: string;
  direction: string;
  name: string;
  from: string;
  to: string;
  start: number;
  answer: number | null;
  end: number;
  hangup: string;
  cc: Record<string, string>;
}

export const shortLegs = (trace: TraceName): ShortLeg[] =>
  gunzipSync(readFileSync(traceFile(trace, 'legs.ndjson.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ShortLeg);

/** The files of mod_json_cdr in fs-small, by name. */
export function recordedFiles(): Map<string, Buffer> {
  const tar = gunzipSync(readFileSync(traceFile('fs-small', 'json_cdr.tar.gz')));
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const field = (start: number, length: number): string =>
      tar.toString('latin1', at + start, at + start + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(field(124, 12), 8);
    const name = field(0, 100);
    if (name.endsWith('.json')) {
      files.set(name.slice(name.lastIndexOf('/') + 1), tar.subarray(at + 512, at + 512 + size));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

/** A record with no more than the short form knows, in the shape mod_json_cdr writes. */
export function recordOf({
  uuid,
  direction,
  name,
  from,
  to,
  start,
  answer,
  end,
  hangup,
  cc,
}: ShortLeg): Buffer {
  const us = (seconds: number | null): string => String(Math.round((seconds ?? 0) * 1e6));
  return Buffer.from(
    JSON.stringify({
      variables: {
        uuid,
        direction,
        channel_name: name,
        hangup_cause: hangup,
        start_stamp: new Date(start * 1000).toISOString().slice(0, 19).replace('T', ' '),
        start_uepoch: us(start),
        answer_uepoch: us(answer),
        end_uepoch: us(end),
        ...cc,
      },
      callflow: [
        { profile_index: '1', caller_profile: { caller_id_number: from, destination_number: to }, times: {} },
      ],
    }),
  );
}
