/** What the collector needs to go on where it stopped, and who may ask it. */
import { step, table } from './step.js';

export const operation = {
  '0401-projection': table(
    'projection',
    `journal varchar(190) not null,
     position bigint not null,
     state longblob,
     primary key (journal)`,
  ),
  '0402-failed-message': table(
    'failed_message',
    `id bigint not null auto_increment primary key,
     journal varchar(190) not null,
     seq bigint not null,
     pbx varchar(190) not null,
     source varchar(32) not null,
     connection varchar(190) not null,
     ordinal bigint not null,
     received_us bigint not null,
     status enum('failed','resolved','skipped') not null,
     attempts int not null,
     last_error text not null,
     first_at bigint not null,
     last_at bigint not null,
     message longblob not null,
     unique key (journal, seq),
     key (status, id)`,
  ),
  '0403-token': table(
    'token',
    `id int not null auto_increment primary key,
     name varchar(190) not null,
     hash char(64) not null,
     role enum('viewer','editor','admin') not null,
     tenant_id int not null,
     created_at bigint not null,
     last_used_at bigint,
     revoked_at bigint,
     unique key (hash)`,
  ),
  '0404-view-user': table(
    'view_user',
    `user varchar(80) not null primary key,
     tenant_id int`,
  ),
  // Our own account reads the tables anyway; so that the views are not strangely empty for it.
  '0405-view-user-self': step(
    `insert into view_user (user, tenant_id) values (substring_index(user(), '@', 1), null)
     on duplicate key update tenant_id = null`,
  ),
};
