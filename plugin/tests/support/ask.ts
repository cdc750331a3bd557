/**
 * The collector's API past the browser: to prepare a test, to see what came of it, to give back what it changed.
 *
 * In: the environment and a request below `/api/v1`. Out: the answer's JSON. What must hold: an answer that is no success is an
 * error with the collector's own words.
 */
import type { Environment } from './environment';

export async function ask<T = unknown>(
  { collector }: Pick<Environment, 'collector'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await fetch(`${collector.url}/api/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${collector.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  }
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** For what is never so; what is slow has the time of the whole test. */
const NEVER_MS = 120_000;

/** Asks again until it is so. @throws Error with the last answer when it never is */
export async function until<T>(get: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const end = Date.now() + NEVER_MS;
  for (;;) {
    const value = await get();
    if (holds(value)) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`Still not so: ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
