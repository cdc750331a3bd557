/**
 * Views of who there is: queues and agents with their names and teams of today, for the lists of hand-written panels.
 *
 * What must hold: as in views.ts; the team is the one the directory holds now (directory/dated.ts: what a user said and
 * has not taken back wins over what was learned).
 */
import { step } from './step.js';

/** Whose rows the asking user may see; joined on the tenant of a row. */
const viewerOf = (tenantId: string): string =>
  `join view_user u on u.user = substring_index(user(), '@', 1) and (u.tenant_id is null or u.tenant_id = ${tenantId})`;

const latestTeam = (entity: 'queue' | 'agent', origin: 'manual' | 'learned'): string =>
  `(select d.value from directory_value d
     where d.entity = '${entity}' and d.entity_id = m.id and d.field = 'team' and d.origin = '${origin}'
       and d.from_at <= unix_timestamp() * 1000
     order by d.from_at desc limit 1)`;

const membersView = (entity: 'queue' | 'agent') =>
  step(
    `create or replace view v_${entity}s as
     select t.id as tenant_id, t.name as tenant, p.id as pbx_id, p.name as pbx,
       m.id as ${entity}_id, m.name as ${entity}, coalesce(m.display_name, m.name) as ${entity}_name,
       coalesce(${latestTeam(entity, 'manual')}, ${latestTeam(entity, 'learned')}) as team
     from ${entity} m
     ${viewerOf('m.tenant_id')}
     join tenant t on t.id = m.tenant_id
     join pbx p on p.id = m.pbx_id`,
  );

export const memberViews = {
  '1101-queues-view': membersView('queue'),
  '1102-agents-view': membersView('agent'),
};
