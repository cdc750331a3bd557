// A process of its own that starts or joins an embedded MariaDB, for tests that kill it.
//
//   node embedded-process.mjs <data folder> [mariadbd option…]
//
// prints "started" or "joined" when the database answers, and stops when its standard input ends.
import { register } from 'node:module';
import { pino } from 'pino';

register('./typescript-loader.mjs', import.meta.url);
const { startEmbedded } = await import('../../src/storage/embedded.ts');
const [dataDir = '', ...settings] = process.argv.slice(2);
const server = await startEmbedded({ dataDir, settings, logger: pino({ level: 'silent' }) });
console.log(server.role);
process.stdin.on('end', () => void server.stop()).resume();
