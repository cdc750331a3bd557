/**
 * A recording kept by another server, fetched for who may hear it.
 *
 * In: an address made by the rule, the range asked for. Out: the answer as a stream. What must hold: no address leaves what the
 * rule fixes before its first placeholder, no redirect is followed, and a client that goes away ends the fetching.
 */
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Secret } from '../config/secret.js';
import { audioType, isAudio } from './audio-types.js';
import { errorCode } from './error-code.js';
import { NoRecordingError, RangeNotSatisfiableError, type FoundRecording } from './recording.js';

const ANSWER_MS = 10_000;

export interface UrlPlace {
  url: string;
  /** What `url` must begin with. */
  start: string;
  /** Value of the `Authorization` header; null: none. */
  authorization: Secret | null;
}

/**
 * @returns null when the server has none
 * @throws NoRecordingError, RangeNotSatisfiableError, the signal's reason
 */
export async function openUrl(
  { url, start, authorization }: UrlPlace,
  range: string | undefined,
  signal: AbortSignal,
): Promise<FoundRecording | null> {
  const address = new URL(url);
  if (!address.href.startsWith(new URL(start).href))
    throw new NoRecordingError('its address lies outside of the one of the rule');
  const headers = {
    ...(range === undefined ? {} : { range }),
    ...(authorization === null ? {} : { authorization: authorization.reveal() }),
  };
  const answer = await answerOf(address, headers, signal);
  if (answer.status === 404 || answer.status === 410) return discarded(answer, null);
  if (answer.status === 416) {
    await answer.body?.cancel();
    throw new RangeNotSatisfiableError(sizeIn(answer.headers.get('content-range')));
  }
  if ((answer.status !== 200 && answer.status !== 206) || answer.body === null) {
    await answer.body?.cancel();
    throw new NoRecordingError(`the server of recordings answers ${answer.status}`);
  }
  const stated = answer.headers.get('content-type') ?? '';
  const length = answer.headers.get('content-length');
  return {
    status: answer.status,
    contentType: isAudio(stated) ? stated : audioType(address.pathname),
    length: length === null ? null : Number(length),
    contentRange: answer.headers.get('content-range'),
    fileName: path.posix.basename(address.pathname),
    body: Readable.fromWeb(answer.body),
  };
}

async function answerOf(
  address: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_MS);
  try {
    // Only the beginning of the answer has a limit: a long recording takes as long as it takes.
    return await fetch(address, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, late.signal]),
    });
  } catch (error) {
    signal.throwIfAborted();
    const why = late.signal.aborted ? `for ${ANSWER_MS / 1000} s` : causeOf(error);
    throw new NoRecordingError(`the server of recordings does not answer (${why})`);
  } finally {
    clearTimeout(timer);
  }
}

async function discarded<T>(answer: Response, value: T): Promise<T> {
  await answer.body?.cancel();
  return value;
}

/** `fetch` wraps what happened. */
function causeOf(error: unknown): string {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
  return errorCode(cause) ?? String(cause);
}

const sizeIn = (contentRange: string | null): number | null => {
  const size = /\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return size === undefined ? null : Number(size);
};
