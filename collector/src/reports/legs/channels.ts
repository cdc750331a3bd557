/**
 * What a channel's name says, in SQL: whose phone or trunk it is. In: a column with names such as `PJSIP/101-0000002a`,
 * `Local/101@agents-0000001a;1`, `sofia/internal/101@10.0.0.5:5060`. Out: the endpoint without what changes from call to call.
 *
 * What must hold: `endpointOf` (of an interface in configuration) gives what `endpointSql` gives of its channels.
 */
import { sql, type RawBuilder } from 'kysely';

/** Name of a column in a hand-written query: `l.channel`. */
type ColumnName = string;

/** `PJSIP/101`, `Local/101@agents`, `sofia/internal/101@10.0.0.5`. */
export function endpointSql(column: ColumnName): RawBuilder<string> {
  const channel = sql.ref(column);
  // The number of a call stands after the last hyphen; FreeSWITCH's names have none, and hosts may contain hyphens.
  return sql`case when ${channel} like 'sofia/%' then substring_index(${channel}, ':', 1)
    when locate('-', ${channel}) > 0
      then left(${channel}, char_length(${channel}) - locate('-', reverse(${channel})))
    else ${channel} end`;
}

/** `PJSIP/carrier`, `DAHDI/i1`, of FreeSWITCH profile and host: `sofia/external/10.0.0.9`. */
export function trunkSql(column: ColumnName): RawBuilder<string> {
  const channel = sql.ref(column);
  return sql`case when ${channel} like 'sofia/%'
    then concat(substring_index(${channel}, '/', 2), '/', substring_index(substring_index(${channel}, '@', -1), ':', 1))
    else substring_index(${endpointSql(column)}, '/', 2) end`;
}

/** The trunk a leg (row `l`) came in or went out by; null for what stayed inside, or has no direction. */
export const LEG_TRUNK = sql<string | null>`case l.direction when 'inbound' then ${trunkSql('l.channel')}
  when 'outbound' then nullif(${trunkSql('l.destination_channel')}, '') end`;

/**
 * The number a caller dialled: as the queue's call (contact `c`) knows it, else where the leg `l` first went; null of calls
 * to the outside.
 */
export const LEG_DID = sql<string | null>`case l.direction when 'outbound' then null
  else coalesce(c.did, case l.direction when 'inbound' then nullif(l.destination, '') end) end`;

/** Options after a local channel's context (`/n`) are not part of its channels' names. */
export const endpointOf = (iface: string): string =>
  iface.startsWith('sofia/')
    ? (iface.split(':', 1)[0] ?? iface)
    : iface.replace(/^(Local\/[^/]+)\/[a-z]*$/i, '$1');

/**
 * A condition on a column from what a user wrote: the whole text, `*` for any text. Nothing else is special: 102 does not
 * find 1102.
 */
export function matches(expression: RawBuilder<unknown>, pattern: string): RawBuilder<boolean> {
  if (!pattern.includes('*')) return sql<boolean>`${expression} = ${pattern}`;
  const like = pattern.replace(/[!%_]/g, '!$&').replaceAll('*', '%');
  return sql<boolean>`${expression} like ${like} escape '!'`;
}
