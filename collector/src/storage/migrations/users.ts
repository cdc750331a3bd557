/** Users behind a token: who of them did what, and what each prefers. */
import { column, index, table } from './step.js';

export const users = {
  '0901-token-acts-for-users': column('token', 'acts_for_users', 'tinyint not null default 0'),
  '0902-audit-login': column('audit', 'login', 'varchar(190)'),
  // What it was done to (`visit 17`), so that the actions on one thing are found.
  '0903-audit-subject': column('audit', 'subject', 'varchar(190)'),
  '0904-audit-subject-index': index('audit', 'audit_subject', 'tenant_id, action, subject'),
  '0905-change-log-login': column('change_log', 'login', 'varchar(190)'),
  '0906-export-job-login': column('export_job', 'login', 'varchar(190)'),
  '0907-preference': table(
    'preference',
    `tenant_id int not null,
     owner varchar(200) not null,
     value text not null,
     primary key (tenant_id, owner)`,
  ),
};
