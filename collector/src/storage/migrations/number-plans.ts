/** How national numbers are written where a tenant is; tenant '' is the site. Brought to the configuration at each start. */
import { table } from './step.js';

export const numberPlans = {
  '1007-number-plan': table(
    'number_plan',
    `tenant varchar(63) not null primary key,
     country_code varchar(3) not null,
     national_digits int not null`,
  ),
};
