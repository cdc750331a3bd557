// The Debian packages that Queuescope uses, and what for.

/** The embedded database: `mariadbd` is run by Queuescope itself, with a data folder of its own, never as a service. */
export const database = {
  package: 'mariadb-server-core',
  command: 'mariadbd',
  why: 'the embedded MariaDB; not needed with a database of your own in QUEUESCOPE_DATABASE_URL',
};

export const browser = {
  package: 'chromium',
  command: 'chromium',
  why: 'the tests open the pages of the Grafana app in it',
};

export const prometheus = {
  package: 'prometheus',
  command: 'promtool',
  why: 'the tests let a real Prometheus read the metrics',
};
