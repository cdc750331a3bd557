/**
 * How a migration is written: one statement each. DDL is not transactional, so a step that fails half-way must be
 * repeatable: `create table if not exists`, `create or replace view`, `insert … on duplicate key update`.
 *
 * A migration that was released never changes again; what comes later is a new step. It therefore names its columns
 * itself and imports nothing of the rest of the code.
 */
import { sql } from 'kysely';
import type { Migration } from 'kysely';

export const step = (statement: string): Migration => ({
  up: async (db) => {
    await sql.raw(statement).execute(db);
  },
});

/** A table: InnoDB; names and ids compare byte by byte (`_bin`), as the PBX does. */
export const table = (name: string, lines: string): Migration =>
  step(
    `create table if not exists ${name} (${lines}) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin`,
  );

/** One more column, unless it is there: MySQL has no `add column if not exists`. */
export const column = (tableName: string, name: string, definition: string): Migration => ({
  up: async (db) => {
    const { rows } = await sql`select 1 from information_schema.columns
      where table_schema = database() and table_name = ${tableName} and column_name = ${name}`.execute(db);
    if (rows.length > 0) return;
    await sql.raw(`alter table ${tableName} add column ${name} ${definition}`).execute(db);
  },
});

/** One more index, unless it is there. */
export const index = (tableName: string, name: string, columns: string): Migration => ({
  up: async (db) => {
    const { rows } = await sql`select 1 from information_schema.statistics
      where table_schema = database() and table_name = ${tableName} and index_name = ${name}`.execute(db);
    if (rows.length > 0) return;
    await sql.raw(`alter table ${tableName} add key ${name} (${columns})`).execute(db);
  },
});
