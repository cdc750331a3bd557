/** Content types of recordings by the end of their names. */
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.oga': 'audio/ogg',
  '.m4a': 'audio/mp4',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.flac': 'audio/flac',
  '.gsm': 'audio/x-gsm',
  '.wav49': 'audio/x-wav49',
};

/** What is not known to be sound is only given as bytes: a browser shall not run it. */
export const UNKNOWN_TYPE = 'application/octet-stream';

export const audioType = (file: string): string => TYPES[path.extname(file).toLowerCase()] ?? UNKNOWN_TYPE;

export const isAudio = (contentType: string): boolean => /^(audio|video)\//.test(contentType);
