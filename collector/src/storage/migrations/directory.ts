/** Tenants, PBXs, queues, agents: who and what the ids mean. */
import { step, table } from './step.js';

export const directory = {
  '0101-tenant': table(
    'tenant',
    `id int not null auto_increment primary key,
     name varchar(190) not null,
     unique key (name)`,
  ),
  '0102-default-tenant': step(
    `insert into tenant (id, name) values (1, 'default') on duplicate key update name = name`,
  ),
  '0103-tenant-rule': table(
    'tenant_rule',
    `id int not null auto_increment primary key,
     position int not null,
     pbx_pattern varchar(190) not null,
     queue_pattern varchar(190) not null,
     tenant_id int not null,
     key (position)`,
  ),
  '0104-pbx': table(
    'pbx',
    `id int not null auto_increment primary key,
     name varchar(190) not null,
     dialect varchar(32) not null,
     log_until bigint,
     stream_until bigint,
     unique key (name)`,
  ),
  '0105-queue': table(
    'queue',
    `id int not null auto_increment primary key,
     pbx_id int not null,
     tenant_id int not null,
     name varchar(190) not null,
     display_name varchar(190),
     unique key (pbx_id, name),
     key (tenant_id)`,
  ),
  '0106-agent': table(
    'agent',
    `id int not null auto_increment primary key,
     pbx_id int not null,
     tenant_id int not null,
     name varchar(190) not null,
     display_name varchar(190),
     unique key (pbx_id, tenant_id, name),
     key (tenant_id)`,
  ),
  '0107-agent-alias': table(
    'agent_alias',
    `pbx_id int not null,
     interface varchar(190) not null,
     agent_name varchar(190) not null,
     from_at bigint not null,
     \`manual\` tinyint not null,
     primary key (pbx_id, interface, from_at)`,
  ),
};
