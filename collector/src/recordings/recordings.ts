/**
 * Recordings of talks: found by the rule of their PBX, given to who may hear them, each hearing noted.
 *
 * In: a visit of the tenant. Out: the sound, or the reason why there is none. What must hold: no sound without an entry in the
 * audit before it; a player asks for many parts of one recording, so what the same person hears within `ONE_PLAY_MS` is one
 * play.
 */
import type { Kysely } from 'kysely';
import type { RecordingsConfig } from '../config/config.js';
import { listAudit, recordAudit, type AuditEntry } from '../directory/audit.js';
import type { Actor } from '../directory/change-log.js';
import { MissingError } from '../directory/errors.js';
import type { Database } from '../storage/schema.js';
import { zoneOf } from '../time/zone.js';
import { openFile } from './open-file.js';
import { openUrl } from './open-url.js';
import { NoRecordingError, type FoundRecording } from './recording.js';
import { filledPath, filledUrl, fixedStart, MissingValueError, type Values } from './template.js';

const ONE_PLAY_MS = 10 * 60_000;
const MAX_PLAYS = 1000;

type Played = Pick<Actor, 'tenantId' | 'tokenId' | 'user'>;

interface RecordedVisit {
  pbx: string;
  queue: string;
  callId: string;
  linkedId: string | null;
  recording: string | null;
  enteredAt: number;
  answeredAt: number | null;
}

export class Recordings {
  readonly #db: Kysely<Database>;
  readonly #ruleOf: (pbx: string) => RecordingsConfig | null;
  readonly #now: () => number;
  /** Who heard what when: by person and visit. */
  readonly #heard = new Map<string, number>();

  constructor(
    db: Kysely<Database>,
    ruleOf: (pbx: string) => RecordingsConfig | null,
    now: () => number = Date.now,
  ) {
    this.#db = db;
    this.#ruleOf = ruleOf;
    this.#now = now;
  }

  /**
   * @param range the `Range` header
   * @throws MissingError when the tenant has no such visit; NoRecordingError saying why there is no sound;
   * RangeNotSatisfiableError
   */
  async play(
    actor: Played,
    visitId: number,
    range: string | undefined,
    signal: AbortSignal,
  ): Promise<FoundRecording> {
    const visit = await this.#visit(actor.tenantId, visitId);
    const rule = this.#ruleOf(visit.pbx);
    if (rule === null) {
      throw new NoRecordingError(
        `nothing says where recordings of "${visit.pbx}" are: set recordings of this PBX`,
      );
    }
    const found = await this.#find(rule, visit, range, signal);
    try {
      await this.#note(actor, visitId, visit);
    } catch (error) {
      found.body.destroy();
      throw error;
    }
    return found;
  }

  /** Whether anything says where recordings of this PBX are. */
  hasRule(pbx: string): boolean {
    return this.#ruleOf(pbx) !== null;
  }

  /** Who heard it, newest first. @throws MissingError */
  async plays(tenantId: number, visitId: number): Promise<AuditEntry[]> {
    await this.#visit(tenantId, visitId);
    return listAudit(this.#db, tenantId, {
      ...{ fromMs: null, toMs: null, action: 'recording.played', user: null, beforeId: null },
      ...{ subject: subjectOf(visitId), limit: MAX_PLAYS },
    });
  }

  async #visit(tenantId: number, visitId: number): Promise<RecordedVisit> {
    const visit = await this.#db
      .selectFrom('visit')
      .innerJoin('contact', 'contact.id', 'visit.contactId')
      .innerJoin('queue', 'queue.id', 'visit.queueId')
      .innerJoin('pbx', 'pbx.id', 'visit.pbxId')
      .select([
        'pbx.name as pbx',
        'queue.name as queue',
        'contact.callId',
        'contact.linkedId',
        'visit.recording',
        'visit.enteredAt',
        'visit.answeredAt',
      ])
      .where('visit.id', '=', visitId)
      .where('visit.tenantId', '=', tenantId)
      .executeTakeFirst();
    if (visit === undefined) throw new MissingError(`There is no visit ${visitId}.`);
    return visit;
  }

  async #find(
    rule: RecordingsConfig,
    visit: RecordedVisit,
    range: string | undefined,
    signal: AbortSignal,
  ): Promise<FoundRecording> {
    // A recording begins with the talk, and so do the dates in its path; some PBXs take the beginning of the call.
    const days = new Set([visit.answeredAt ?? visit.enteredAt, visit.enteredAt]);
    for (const atMs of days) {
      const values = valuesOf(visit, zoneOf(rule.zone).iso(atMs).slice(0, 10));
      const found = await open(rule, values, range, signal).catch((error: unknown) => {
        throw error instanceof MissingValueError ? notStated(error, visit) : error;
      });
      if (found !== null) return found;
    }
    throw new NoRecordingError(
      `there is no recording of the call ${visit.callId} where the rule of "${visit.pbx}" says: it was not recorded, or was removed`,
    );
  }

  async #note(actor: Played, visitId: number, { pbx, queue, callId }: RecordedVisit): Promise<void> {
    const key = `${actor.tokenId} ${actor.user?.login ?? ''} ${visitId}`;
    const now = this.#now();
    for (const [other, atMs] of this.#heard) if (now - atMs >= ONE_PLAY_MS) this.#heard.delete(other);
    if (this.#heard.has(key)) return;
    await recordAudit(this.#db, actor, 'recording.played', { pbx, queue, callId }, now, subjectOf(visitId));
    this.#heard.set(key, now);
  }
}

const subjectOf = (visitId: number): string => `visit ${visitId}`;

const open = async (
  rule: RecordingsConfig,
  values: Values,
  range: string | undefined,
  signal: AbortSignal,
): Promise<FoundRecording | null> =>
  rule.from === 'folder'
    ? openFile(rule.folder, filledPath(rule.file, values), range)
    : openUrl(
        { url: filledUrl(rule.url, values), start: fixedStart(rule.url), authorization: rule.authorization },
        range,
        signal,
      );

/** @param date local, as `2026-11-20` */
function valuesOf({ recording, callId, linkedId, queue }: RecordedVisit, date: string): Values {
  const [year = '', month = '', day = ''] = date.split('-');
  const recordingName = recording === null ? null : recording.slice(recording.lastIndexOf('/') + 1);
  return { recording, recordingName, callId, linkedId, queue, date, year, month, day };
}

const notStated = ({ placeholder }: MissingValueError, { pbx, callId }: RecordedVisit): NoRecordingError =>
  placeholder === 'recording' || placeholder === 'recordingName'
    ? new NoRecordingError(`"${pbx}" states no recording of the call ${callId}`)
    : new NoRecordingError(
        `"${pbx}" does not state the {${placeholder}} of the call ${callId}, which the rule needs`,
      );
