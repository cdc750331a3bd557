/**
 * Call records that mod_json_cdr (or mod_format_cdr) posts.
 *
 * In: user, password and body of a request. Out: a message for the sink. What must hold: a record is acknowledged only
 * when the sink has it: FreeSWITCH tries again, and at last writes what was refused to its error folder.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { nowUs } from '../../clock.js';
import type { MessageSink, RecordInbox } from '../../driver.js';
import { parseRecord } from './record.js';
import { recordMessage } from './messages.js';
import { unwrapRecord } from './unwrap.js';

export interface InboxOptions {
  pbx: string;
  user: string;
  password: string;
  /** Somebody came with a wrong user or password; told once a minute at most. */
  onTrouble: (error: Error) => void;
}

const TELL_EVERY_MS = 60_000;

export function recordInbox(
  { pbx, user, password, onTrouble }: InboxOptions,
  sink: MessageSink,
): RecordInbox {
  const wanted = digest(user, password);
  let toldMs = -Infinity;
  const refused = (from: string): void => {
    if (performance.now() - toldMs < TELL_EVERY_MS) return;
    toldMs = performance.now();
    onTrouble(
      new Error(
        `call records posted from ${from} are refused: user or password is not that of jsonCdr.post; ` +
          'see `cred` in json_cdr.conf.xml',
      ),
    );
  };
  return {
    admits: (givenUser, givenPassword, from) => {
      const isRight = timingSafeEqual(wanted, digest(givenUser, givenPassword));
      if (!isRight) refused(from);
      return isRight;
    },
    keep: async (body, from) => {
      parseRecord(unwrapRecord(body));
      await sink([recordMessage({ pbx, bytes: body, from, receivedUs: nowUs() })]);
    },
  };
}

/** Of equal length whatever was given, so that comparing takes the same time. */
const digest = (user: string, password: string): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([user, password]))
    .digest();
