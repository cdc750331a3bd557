/** Call records of one FreeSWITCH as a source: a folder that is followed, records that are posted, or both. */
import type { PbxConfig } from '../../../config/config.js';
import type { SourceHost } from '../../driver.js';
import { runCdrFolder } from './folder.js';
import { recordInbox } from './inbox.js';
import { folderPosition } from './read-files.js';

/** Runs until `signal` aborts; never throws. */
export async function runCallRecords(
  { name, jsonCdr }: PbxConfig,
  host: SourceHost,
  signal: AbortSignal,
): Promise<void> {
  if (!jsonCdr) return;
  const { folder, post } = jsonCdr;
  const onTrouble = (error: Error): void => host.onTrouble('json_cdr', error);
  if (post) {
    const { user, password } = post;
    host.onPost(recordInbox({ pbx: name, user, password: password.reveal(), onTrouble }, host.sink));
    // Where a folder is followed, too, the link is the folder's.
    if (folder === null) host.onLink('json_cdr', 'up', '');
  }
  if (folder === null) return;
  await runCdrFolder(
    {
      pbx: name,
      folder,
      position: folderPosition(host.positions.load(name, 'json_cdr')),
      onUp: () => host.onLink('json_cdr', 'up', ''),
      onPosition: (position) => host.positions.save(name, 'json_cdr', position),
      onDown: (error) => {
        host.onLink('json_cdr', 'down', error.message);
        onTrouble(error);
      },
      onTrouble,
    },
    host.sink,
    signal,
  );
}
