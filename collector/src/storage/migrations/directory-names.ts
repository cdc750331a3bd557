/** What queues and agents are called and belong to, from when on; holidays; who changed what. */
import { step, table } from './step.js';

export const directoryNames = {
  '0601-directory-value': table(
    'directory_value',
    `entity enum('tenant','queue','agent') not null,
     entity_id int not null,
     field enum('name','team','target','hours') not null,
     origin enum('manual','learned') not null,
     from_at bigint not null,
     value text,
     primary key (entity, entity_id, field, origin, from_at)`,
  ),
  // Names written into queue and agent before there was a history: they always held.
  '0602-queue-names': step(
    `insert into directory_value (entity, entity_id, field, origin, from_at, value)
     select 'queue', id, 'name', 'manual', 0, display_name from queue where display_name is not null
     on duplicate key update value = values(value)`,
  ),
  '0603-agent-names': step(
    `insert into directory_value (entity, entity_id, field, origin, from_at, value)
     select 'agent', id, 'name', 'manual', 0, display_name from agent where display_name is not null
     on duplicate key update value = values(value)`,
  ),
  '0604-holiday': table(
    'holiday',
    `id int not null auto_increment primary key,
     tenant_id int not null,
     queue_id int not null,
     date char(10) not null,
     name varchar(190) not null,
     hours text,
     unique key (tenant_id, queue_id, date)`,
  ),
  '0605-change-log': table(
    'change_log',
    `id bigint not null auto_increment primary key,
     tenant_id int not null,
     at bigint not null,
     token_id int,
     kind varchar(32) not null,
     subject varchar(190) not null,
     action varchar(32) not null,
     old_value text,
     new_value text,
     key (tenant_id, id)`,
  ),
  '0606-alias-version': table(
    'alias_version',
    `pbx_id int not null primary key,
     version bigint not null`,
  ),
};
