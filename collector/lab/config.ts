/**
 * The configuration of the lab's Asterisk.
 *
 * In: the templates in `conf/` and where this Asterisk lives. Out: the finished files in its `etc` folder. What must
 * hold: every `@NAME@` of a template is filled.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { JOURNALED_EVENTS } from '../src/pbx/asterisk/ami/allow-list.js';

export interface LabConfig {
  /** The Debian root that holds the programs. */
  root: string;
  /** This Asterisk's own folder, as seen from inside the root. */
  dir: string;
  amiPort: number;
  /** Of both AMI users. */
  secret: string;
}

const templates = fileURLToPath(new URL('conf/', import.meta.url));

/** @throws Error when a template has a place that nothing fills */
export function writeConfig({ root, dir, amiPort, secret }: LabConfig): void {
  const values: Record<string, string> = {
    DIR: dir,
    MODULES: modulesFolder(root),
    AMI_PORT: String(amiPort),
    SECRET: secret,
    EVENT_FILTERS: eventFilters(),
  };
  const etc = join(root, dir, 'etc');
  mkdirSync(etc, { recursive: true });
  for (const file of readdirSync(templates)) {
    const text = readFileSync(join(templates, file), 'utf8').replace(
      /@([A-Z_]+)@/g,
      (place, name: string) => {
        const value = values[name];
        if (value === undefined) throw new Error(`lab/conf/${file}: nothing fills ${place}`);
        return value;
      },
    );
    writeFileSync(join(etc, file), text);
  }
}

export interface QueueSettings {
  serviceLevelSeconds: Record<string, number>;
  /** Of members written into the file: interface → name. */
  memberNames: Record<string, string>;
}

/** What `queues.conf` says that queue_log does not. */
export function readQueueSettings(): QueueSettings {
  const settings: QueueSettings = { serviceLevelSeconds: {}, memberNames: {} };
  let queue = '';
  for (const line of readFileSync(join(templates, 'queues.conf'), 'utf8').split('\n')) {
    queue = /^\[([^\]]+)\]/.exec(line)?.[1] ?? queue;
    const serviceLevel = /^servicelevel = (\d+)/.exec(line)?.[1];
    if (serviceLevel !== undefined) settings.serviceLevelSeconds[queue] = Number(serviceLevel);
    const [, member, name] = /^member => ([^,]+),\d+,([^,]+)/.exec(line) ?? [];
    if (member !== undefined && name !== undefined) settings.memberNames[member] = name;
  }
  return settings;
}

/** `/usr/lib/<architecture>/asterisk/modules`, as seen from inside. */
function modulesFolder(root: string): string {
  const architecture = readdirSync(join(root, 'usr/lib')).find((name) => name.endsWith('-linux-gnu'));
  return `/usr/lib/${architecture ?? ''}/asterisk/modules`;
}

/** Lets through what the journal keeps, and nothing else (filters with names: Asterisk 18.26, 20.11, 21.6, 22.1 on). */
function eventFilters(): string {
  return [
    ...[...JOURNALED_EVENTS].map((event) => `eventfilter(name(${event})) =`),
    'eventfilter(name(VarSet),header(Variable),method(exact)) = QUEUESTATUS',
  ].join('\n');
}
