/** Exports: the jobs that make files of reports, and who took what out of the system. */
import { table } from './step.js';

export const exportTables = {
  '0701-audit': table(
    'audit',
    `id bigint not null auto_increment primary key,
     at bigint not null,
     tenant_id int not null,
     token_id int,
     action varchar(64) not null,
     detail text not null,
     key (tenant_id, id)`,
  ),
  '0702-export-job': table(
    'export_job',
    `id bigint not null auto_increment primary key,
     owner char(36) not null,
     tenant_id int not null,
     token_id int,
     spec mediumtext not null,
     report varchar(64) not null,
     format enum('json','csv','xlsx','pdf') not null,
     state enum('queued','running','done','failed','canceled','expired') not null,
     attempts int not null,
     rows_done bigint not null,
     rows_total bigint,
     bytes bigint,
     contents mediumtext,
     error text,
     created_at bigint not null,
     started_at bigint,
     finished_at bigint,
     expires_at bigint,
     key (owner, state, id),
     key (tenant_id, id)`,
  ),
};
