/**
 * One naming rule between TypeScript and SQL: `queueRollup15m` here is `queue_rollup_15m` there. Kysely applies it to
 * every query built with it; `sqlName` gives the same name to SQL written by hand.
 */
import { CamelCasePlugin } from 'kysely';

class Naming extends CamelCasePlugin {
  sqlName(name: string): string {
    return this.snakeCase(name);
  }
}

/** The Kysely plugin. */
export const naming = new Naming({ underscoreBeforeDigits: true });

/** The SQL name of a table or column. */
export const sqlName = (name: string): string => naming.sqlName(name);
