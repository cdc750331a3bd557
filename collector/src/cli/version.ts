/** The version in package.json, wherever the built code lies beneath it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

function read(directory: string): string {
  try {
    const found = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as {
      name?: string;
      version?: string;
    };
    if (found.name === '@queuescope/collector' && found.version) return found.version;
  } catch {
    // not in this folder
  }
  const parent = path.dirname(directory);
  return parent === directory ? 'unknown' : read(parent);
}

export const VERSION = read(path.dirname(fileURLToPath(import.meta.url)));
