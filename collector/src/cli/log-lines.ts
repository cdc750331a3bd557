/** The log for people: on a terminal each entry is a line of text; elsewhere (files, journald) it stays JSON. */
const LEVELS: Readonly<Record<number, string>> = { 40: 'warning: ', 50: 'error: ', 60: 'fatal: ' };

/** A destination for pino that writes what somebody at a terminal wants to read. */
export const terminalLog = (stream: NodeJS.WritableStream): { write(line: string): void } => ({
  write: (line) => {
    stream.write(`${textOf(line)}\n`);
  },
});

function textOf(line: string): string {
  const { level, time, msg, err } = JSON.parse(line) as {
    level: number;
    time: string;
    msg?: string;
    err?: { message?: string };
  };
  const cause = err?.message === undefined || msg?.includes(err.message) ? '' : ` (${err.message})`;
  return `${time.slice(11, 19)}  ${LEVELS[level] ?? ''}${msg ?? ''}${cause}`;
}
