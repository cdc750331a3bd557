/**
 * Waiting in tests for what other processes and sockets do.
 *
 * What must hold: a test waits for the thing itself, never for a time; the limit only names what did not come.
 */

const LIMIT_MS = 240_000;

/** Resolves when `condition` holds. @throws Error naming the condition that does not come true in four minutes */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const limitMs = performance.now() + LIMIT_MS;
  while (!(await condition())) {
    if (performance.now() > limitMs) throw new Error(`never came true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
