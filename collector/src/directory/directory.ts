/** The directory as the API uses it: what there is, what holds when, changes of it, and who made them. */
import type { Kysely } from 'kysely';
import { nearest } from '../config/suggest.js';
import type { FactSettings } from '../facts/write-events.js';
import { ReportRequestError } from '../reports/request.js';
import type { Database } from '../storage/schema.js';
import type { Zone } from '../time/zone.js';
import { AgentAliases } from './aliases.js';
import { Calendars } from './calendars.js';
import { listChanges, type Actor, type ChangeFilter, type RecordedChange } from './change-log.js';
import { Holidays } from './holidays.js';
import { loadValues, type Histories } from './load-values.js';
import { exportMembers, planImport, type ImportPlan } from './members-csv.js';
import {
  memberHistory,
  searchMembers,
  type MemberKind,
  type MemberPage,
  type MemberSearch,
} from './members.js';
import { DirectoryValues } from './values.js';

export class Directory {
  readonly values: DirectoryValues;
  readonly aliases: AgentAliases;
  readonly holidays: Holidays;
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>, factSettings: FactSettings, now: () => number = Date.now) {
    this.#db = db;
    this.values = new DirectoryValues(db, now);
    this.aliases = new AgentAliases(db, factSettings, now);
    this.holidays = new Holidays(db, now);
  }

  async search(tenantId: number, search: MemberSearch): Promise<MemberPage> {
    return searchMembers(this.#db, tenantId, search);
  }

  /** @throws MissingError */
  async history(tenantId: number, kind: MemberKind, id: number): Promise<Histories> {
    return memberHistory(this.#db, tenantId, kind, id);
  }

  /** What holds for all queues that say nothing of their own. */
  async defaults(tenantId: number): Promise<Pick<Histories, 'target' | 'hours'>> {
    const values = await loadValues(this.#db, { entity: 'tenant', tenantId });
    return values.get(tenantId) ?? { target: [], hours: [] };
  }

  /**
   * Id of a queue or agent by its name on the PBX.
   * @throws ReportRequestError naming the field `kind` when the tenant has none of that name
   */
  async idOf(tenantId: number, kind: MemberKind, pbx: string, name: string): Promise<number> {
    const { rows } = await this.search(tenantId, {
      ...{ kind, pbx, search: null, team: null, atMs: 0 },
      ...{ limit: Infinity, offset: 0 },
    });
    const found = rows.find((member) => member.name === name);
    if (found !== undefined) return found.id;
    const [near] = nearest(
      name,
      rows.map((member) => member.name),
      1,
    );
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    const message = `there is no ${kind} "${name}" on the PBX "${pbx}"${hint}`;
    throw new ReportRequestError([{ field: kind, message }]);
  }

  /** When a queue is open; null where no hours are given. @throws MissingError */
  async openTimes(
    tenantId: number,
    queueId: number,
    fromMs: number,
    toMs: number,
  ): Promise<{ fromMs: number; toMs: number }[] | null> {
    // Whose queue it is.
    await this.history(tenantId, 'queue', queueId);
    const calendars = await Calendars.load(this.#db, tenantId);
    const { open, known } = calendars.times(queueId, { fromMs, toMs });
    return known.length === 0 ? null : open;
  }

  /** What a CSV would change. */
  async plan(tenantId: number, csv: string, zone: Zone): Promise<ImportPlan> {
    return planImport(this.#db, tenantId, csv, zone);
  }

  /** The same, done. @throws ReportRequestError naming every wrong line; then nothing is changed */
  async import(actor: Actor, csv: string, zone: Zone): Promise<ImportPlan> {
    const plan = await this.plan(actor.tenantId, csv, zone);
    if (plan.errors.length > 0) throw new ReportRequestError(plan.errors);
    await this.values.set(actor, plan.changes);
    return plan;
  }

  async export(tenantId: number): Promise<string> {
    return exportMembers(this.#db, tenantId);
  }

  async changes(tenantId: number, filter: ChangeFilter): Promise<RecordedChange[]> {
    return listChanges(this.#db, tenantId, filter);
  }
}
