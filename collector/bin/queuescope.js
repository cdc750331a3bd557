#!/usr/bin/env node
// The `queuescope` command. Committed as it is, so that `npx queuescope` is there right after `npm ci`;
// the program itself is TypeScript and has to be built once.
import { existsSync } from 'node:fs';

const program = new URL('../dist/src/main.js', import.meta.url);
if (!existsSync(program)) {
  console.error(
    'queuescope is not built yet. Build it with `npm run build` (after `npm ci`), or use `npm start`.',
  );
  process.exit(1);
}
await import(program.href);
