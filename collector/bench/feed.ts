/** Starts a feeder process (feeder.ts) with some bytes. Stop it in the end. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Feed {
  port: number;
  /** Sends the bytes to whoever has logged in last. */
  send(): void;
  stop(): Promise<void>;
}

/** @param directory a folder for the bytes */
export async function startFeed(
  bytes: Buffer,
  directory: string,
  protocol: 'ami' | 'esl' = 'ami',
): Promise<Feed> {
  const file = join(directory, `feed.${protocol}`);
  await writeFile(file, bytes);
  const child: ChildProcess = fork(new URL('./feeder.js', import.meta.url), [file, protocol]);
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return {
    port: message.port,
    send: () => void child.send('send'),
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      await rm(file);
    },
  };
}
