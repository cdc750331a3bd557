/** Connections to PBXs that users added: what they wrote, their secrets sealed. */
import { table } from './step.js';

export const connections = {
  '1201-pbx-connection': table(
    'pbx_connection',
    `name varchar(63) not null primary key,
     settings mediumtext not null,
     secrets text not null,
     changed_at bigint not null`,
  ),
};
