/** Tags (wrap-up codes) of visits. `queuescope rebuild` finds those of calls that were kept before. */
import { table } from './step.js';

export const tags = {
  '1001-visit-tag': table(
    'visit_tag',
    `contact_id bigint not null,
     visit_seq int not null,
     tag varchar(80) not null,
     tenant_id int not null,
     entered_at bigint not null,
     primary key (contact_id, visit_seq, tag),
     key (tenant_id, entered_at),
     key (tenant_id, tag, entered_at)`,
  ),
};
