/**
 * Call records get the tenant of their call: of the queue it entered first, else the one the rules give all of the PBX. Until
 * now all of them were the default tenant's.
 */
import { index, step } from './step.js';

const ANY_OTHER = 'exists (select 1 from tenant_rule) or exists (select 1 from queue where tenant_id <> 1)';

/** `*` and `?` of a rule, as LIKE has them. */
const LIKE = `replace(replace(replace(r.pbx_pattern, '_', '\\\\_'), '*', '%'), '?', '_')`;

const ofFirstVisit = (calls: string) =>
  step(`update leg l ${calls}
    join visit v on v.contact_id = c.id and v.seq = 0
    set l.tenant_id = v.tenant_id
    where l.tenant_id <> v.tenant_id and (${ANY_OTHER})`);

export const legTenants = {
  '1002-leg-pbx-tenant-index': index('leg', 'leg_pbx_tenant', 'pbx_id, tenant_id'),
  '1003-leg-tenant-of-pbx': step(`update leg l join pbx p on p.id = l.pbx_id
    set l.tenant_id = coalesce((select r.tenant_id from tenant_rule r where r.queue_pattern = '*' and p.name like ${LIKE}
      order by r.position, r.id limit 1), 1)
    where l.tenant_id = 1 and (${ANY_OTHER})`),
  '1004-leg-tenant-of-linked-call': ofFirstVisit(
    'join contact c on c.pbx_id = l.pbx_id and c.linked_id = l.linked_id',
  ),
  '1005-leg-tenant-of-call': ofFirstVisit(
    'join contact c on c.pbx_id = l.pbx_id and c.call_id = l.linked_id',
  ),
  '1006-leg-tenant-of-own-leg': ofFirstVisit(
    `join leg own on own.pbx_id = l.pbx_id and own.linked_id = l.linked_id
     join contact c on c.pbx_id = own.pbx_id and c.call_id = own.leg_id`,
  ),
};
