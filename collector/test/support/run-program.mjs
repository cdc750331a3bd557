// Runs the program of test/support/program.ts: `node run-program.mjs <main.js> [argument…]`. It ends, by kill, when its
// standard input does: a test run that is killed leaves no process behind.
import { pathToFileURL } from 'node:url';

process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).resume();
process.stdin.unref();
const [main = ''] = process.argv.splice(2, 1);
await import(pathToFileURL(main).href);
