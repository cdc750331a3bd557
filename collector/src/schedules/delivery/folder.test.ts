/** Files written below a folder and never outside of it. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { scratchFolder } from '../../../test/support/scratch.js';
import { RunRefusedError } from '../schedule.js';
import { FILE_TEXT, messageWith } from '../testing/message.js';
import { folderError, writeFolder } from './folder.js';

const scratch = scratchFolder();
const message = messageWith(scratch);
const folder = scratch.file('out');
const config = { folder, webhookHosts: [], publicUrl: null };
const name = 'Понедельник-2026-11-09.csv';
afterAll(() => scratch.remove());

const to = (below: string) => writeFolder({ kind: 'folder', path: below }, message, config);

describe('a folder', () => {
  it('gets the files below the name of the tenant; again they are replaced', async () => {
    expect(await to('weekly/queues')).toEqual({ deliveredTo: [`weekly/queues/${name}`], failures: [] });
    await to('weekly/queues');
    const target = path.join(folder, 'default/weekly/queues');
    expect(readdirSync(target)).toEqual([name]);
    expect(readFileSync(path.join(target, name), 'utf8')).toBe(FILE_TEXT);
    expect(await to('')).toEqual({ deliveredTo: [name], failures: [] });
  });

  it('is never left through a link', async () => {
    const outside = scratch.file('outside');
    mkdirSync(outside);
    mkdirSync(path.join(folder, 'default'), { recursive: true });
    symlinkSync(outside, path.join(folder, 'default/link'));
    await expect(to('link/deeper')).rejects.toThrow(RunRefusedError);
    await expect(to('link')).rejects.toThrow('leads out of');
    expect(readdirSync(outside)).toEqual([]);
  });

  it.each(['../other', 'a/../../b', '/etc', '.hidden', 'a/.ssh', 'a\\b', 'a\0b', 'c:d', 'a\nb'])(
    'refuses %j',
    async (below) => {
      expect(folderError(below, folder)).toContain('is no folder below');
      await expect(to(below)).rejects.toThrow(RunRefusedError);
    },
  );

  it('that is not configured is said', () => {
    expect(folderError('weekly', null)).toContain('schedules.folder');
    expect(folderError('отчёты/неделя', folder)).toBeNull();
  });
});
