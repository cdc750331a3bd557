/**
 * Delivery to a folder. In: a message, a path below the tenant's folder. Out: the paths written.
 *
 * What must hold: nothing is written outside of the configured folder, whatever links there are in it; a file under its
 * name is whole; a run that is repeated replaces its own files.
 */
import { copyFile, mkdir, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { SchedulesConfig } from '../../config/config.js';
import { RunRefusedError, type FolderDelivery } from '../schedule.js';
import type { DeliveryResult, Message } from './delivery.js';

/** @throws RunRefusedError when the path leads elsewhere; the error of the file system */
export async function writeFolder(
  { path: below }: FolderDelivery,
  { tenant, run, files }: Message,
  { folder }: SchedulesConfig,
): Promise<DeliveryResult> {
  const wrong = folderError(below, folder);
  if (folder === null || wrong !== null) throw new RunRefusedError(wrong ?? '');
  const target = await enter(folder, [tenant, ...segmentsOf(below)]);
  const deliveredTo: string[] = [];
  for (const file of files) {
    const part = path.join(target, `.${run.id}.${file.name}.part`);
    try {
      await copyFile(file.path, part);
      await rename(part, path.join(target, file.name));
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    deliveredTo.push([...segmentsOf(below), file.name].join('/'));
  }
  return { deliveredTo, failures: [] };
}

/** What keeps a path from being written to; null: nothing. */
export function folderError(below: string, folder: SchedulesConfig['folder']): string | null {
  if (folder === null) return 'no folder is configured; set schedules.folder in the configuration';
  // Names a person can see and a program cannot misread: nothing hidden, no way up, no drive, no device.
  const isPlain = (segment: string): boolean => /^[^\p{C}\\/:*?"<>|.][^\p{C}\\/:*?"<>|]*$/u.test(segment);
  if (below.startsWith('/') || !segmentsOf(below).every(isPlain))
    return `"${below}" is no folder below the configured one; write reports/weekly, without .. or hidden names`;
  return null;
}

const segmentsOf = (below: string): string[] => below.split('/').filter((segment) => segment !== '');

/** Makes the folders one by one, so that a link among them is seen before anything is made behind it. */
async function enter(base: string, segments: readonly string[]): Promise<string> {
  await mkdir(base, { recursive: true });
  const root = await realpath(base);
  let current = root;
  for (const segment of segments) {
    const next = path.join(current, segment);
    await mkdir(next, { recursive: true });
    current = await realpath(next);
    if (!current.startsWith(root + path.sep))
      throw new RunRefusedError(`${segment} is a link that leads out of the configured folder`);
  }
  return current;
}
