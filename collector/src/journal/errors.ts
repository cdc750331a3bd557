/**
 * What can go wrong with the journal. Every message names the thing and the fix.
 */

/** The configured size limit is reached by records that nobody has projected yet. */
export class JournalFullError extends Error {
  override name = 'JournalFullError';
  constructor(directory: string, bytes: number, limitBytes: number) {
    super(
      `The journal in ${directory} holds ${bytes} bytes and its limit is ${limitBytes}: nothing more is accepted until ` +
        'records are projected and retention deletes them. See why projecting stands still (usually the database is ' +
        'down), or raise the limit.',
    );
  }
}

const FIX: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free space on it. Appending goes on by itself afterwards.',
  EDQUOT: 'The disk quota is used up: raise it or free space. Appending goes on by itself afterwards.',
  EIO: 'The disk reports an error: check the system log (dmesg) and the disk.',
  EROFS: 'The file system is read-only: check the system log (dmesg) and mount it writable.',
  EACCES: 'Give the user that runs the collector read and write access.',
  EPERM: 'Give the user that runs the collector read and write access.',
  EMFILE: 'Too many open files: raise the limit (ulimit -n).',
  ENFILE: 'Too many open files on this machine: raise fs.file-max.',
};

/** The disk refused an operation. */
export class JournalDiskError extends Error {
  override name = 'JournalDiskError';
  readonly operation: string;
  readonly path: string;
  /** The system's error code (`ENOSPC`, `EIO`, …). */
  readonly code: string;

  constructor(operation: string, path: string, cause: unknown) {
    const code = errorCode(cause);
    const text = cause instanceof Error ? cause.message : String(cause);
    super(`Cannot ${operation} ${path}: ${text}. ${FIX[code] ?? 'Check the disk and the folder.'}`, {
      cause,
    });
    this.operation = operation;
    this.path = path;
    this.code = code;
  }
}

/** Another process appends to this journal. */
export class JournalLockedError extends Error {
  override name = 'JournalLockedError';
  readonly pid: number;
  constructor(lockPath: string, pid: number) {
    super(
      `The journal is in use by process ${pid} (lock file ${lockPath}). Stop that process, or give this one a folder ` +
        'of its own. If no collector runs under that number, delete the lock file.',
    );
    this.pid = pid;
  }
}

/** The journal was written in a format this version does not know. */
export class JournalFormatError extends Error {
  override name = 'JournalFormatError';
}

export class JournalClosedError extends Error {
  override name = 'JournalClosedError';
  constructor() {
    super('The journal is closed.');
  }
}

/** The system's code of an error (`ENOENT`, …), or an empty string. */
export function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
