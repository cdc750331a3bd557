// Step lines: what a script is doing, and how long it took. A step that takes long shows that it is still alive.

const heartbeatMs = 15_000;

/** @param {number} sinceMs as `Date.now()` gave it */
export const elapsedSeconds = (sinceMs) => ((Date.now() - sinceMs) / 1000).toFixed(1);

/**
 * Announces a step, runs it, says how long it took.
 * @template T
 * @param {string} what in plain words, e.g. "Installing the npm packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const startedMs = Date.now();
  console.log(`▸ ${what} …`);
  const heartbeat = setInterval(
    () => console.log(`  … still ${lowerFirst(what)} (${elapsedSeconds(startedMs)} s)`),
    heartbeatMs,
  );
  try {
    const result = await work();
    console.log(`  took ${elapsedSeconds(startedMs)} s`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

const lowerFirst = (/** @type {string} */ text) => text.charAt(0).toLowerCase() + text.slice(1);
