/** Two collectors on one database: what one changes of connections holds at the other. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import type { PbxConfig } from '../config/config.js';
import { ConnectionStore } from './connection-store.js';
import { Connections } from './connections.js';
import { configOfEntry, type PbxEntry } from './entry.js';
import { PbxSet } from './pbx-set.js';
import { SecretBox } from './secret-box.js';

let test: TestDatabase;
let nowMs = 1_000;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());
beforeEach(() => test.db.deleteFrom('pbxConnection').execute());

const ami = (port: number): PbxEntry => ({
  name: 'branch',
  dialect: 'asterisk',
  directions: [],
  ami: {
    ...{ host: '127.0.0.1', port, user: 'queuescope', secret: 'hush-hush' },
    ...{ auth: 'md5', tls: false, tlsVerify: true, keepaliveSeconds: 30 },
  },
});
const ACTOR = { tenantId: 1, tokenId: null, user: null };

/** One of several collectors, with what it did to its sources. */
function collector(key = 'the key of this site', configs: readonly PbxConfig[] = []) {
  const did: string[] = [];
  const pbxs = new PbxSet(configs);
  const connections = new Connections({
    ...{ db: test.db, pbxs, zone: 'UTC', now: () => ++nowMs },
    store: new ConnectionStore(test.db, new SecretBox(key), 'UTC'),
    control: {
      start: ({ name, ami: socket }) => void did.push(`start ${name} ${socket?.port}`),
      stop: (name, isForGood) => {
        did.push(`stop ${name}${isForGood ? ' for good' : ''}`);
        return Promise.resolve();
      },
      stateOf: () => undefined,
    },
  });
  return { connections, pbxs, did };
}

it('what one adds, changes and removes, the other follows, once', async () => {
  const [here, there] = [collector(), collector()];
  expect([await here.connections.followOthers(), await there.connections.followOthers()]).toEqual([[], []]);
  await here.connections.create(ACTOR, ami(5038));
  expect(await there.connections.followOthers()).toEqual(['branch']);
  await here.connections.replace(ACTOR, ami(5039));
  expect(await there.connections.followOthers()).toEqual(['branch']);
  expect(await there.connections.followOthers()).toEqual([]);
  expect(there.pbxs.of('branch')?.ami?.secret.reveal()).toBe('hush-hush');
  await here.connections.remove(ACTOR, 'branch');
  expect(await there.connections.followOthers()).toEqual(['branch']);
  expect(there.did).toEqual([
    ...['stop branch', 'start branch 5038', 'stop branch', 'start branch 5039', 'stop branch for good'],
  ]);
  expect(there.pbxs.all).toEqual([]);
  // Its own changes are not done twice.
  const before = here.did.length;
  expect(await here.connections.followOthers()).toEqual([]);
  expect(here.did).toHaveLength(before);
});

it('one that cannot be read here is read no more and told, the file’s own is left alone', async () => {
  const [here, stranger] = [collector(), collector('another key')];
  const ofFile = collector('the key of this site', [{ ...configOfEntry(ami(1), 'UTC'), managedBy: 'file' }]);
  for (const { connections } of [here, stranger, ofFile]) await connections.followOthers();
  await here.connections.create(ACTOR, ami(5038));
  expect(await stranger.connections.followOthers()).toEqual(['branch']);
  expect([stranger.did, stranger.pbxs.all]).toEqual([['stop branch'], []]);
  expect((await stranger.connections.list()).map(({ name, trouble }) => [name, trouble])).toEqual([
    ['branch', expect.stringContaining('enter them again')],
  ]);
  await ofFile.connections.followOthers();
  expect([ofFile.did, ofFile.pbxs.of('branch')?.ami?.port]).toEqual([[], 1]);
});
