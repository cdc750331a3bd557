import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Positions } from './positions.js';

describe('Positions', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'queuescope-positions-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('knows nothing of a source that was never read', () => {
    expect(new Positions(path.join(directory, 'new')).load('hq', 'queue_log')).toBeUndefined();
  });

  it('gives back what was saved last, after a restart too, by PBX and source', () => {
    const folder = path.join(directory, 'saved');
    const positions = new Positions(folder);
    positions.save('hq', 'queue_log', { inode: 7, offset: 100 });
    positions.save('hq', 'queue_log', { inode: 7, offset: 250 });
    positions.save('hq', 'cdr', { id: 9 });
    positions.save('../Ташкент/1', 'cdr', { id: 11 });
    const again = new Positions(folder);
    expect(again.load('hq', 'queue_log')).toEqual({ inode: 7, offset: 250 });
    expect(again.load('hq', 'cdr')).toEqual({ id: 9 });
    expect(again.load('../Ташкент/1', 'cdr')).toEqual({ id: 11 });
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('a file cut off in the middle counts as none: the source is read again', () => {
    const folder = path.join(directory, 'corrupt');
    const positions = new Positions(folder);
    positions.save('hq', 'queue_log', { inode: 7, offset: 100 });
    const [file = ''] = readdirSync(folder);
    writeFileSync(path.join(folder, file), '{"inode": 7, "off');
    expect(positions.load('hq', 'queue_log')).toBeUndefined();
    positions.save('hq', 'queue_log', { inode: 7, offset: 3 });
    expect(positions.load('hq', 'queue_log')).toEqual({ inode: 7, offset: 3 });
  });
});
