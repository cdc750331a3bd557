/**
 * The container's health check. In: QUEUESCOPE_HTTP_PORT (default 8080). Out: exit code 0 when /readyz says ready within four
 * seconds, else 1 with what it said.
 */
const port = process.env.QUEUESCOPE_HTTP_PORT ?? '8080';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) });
  if (!answer.ok) {
    console.error(await answer.text());
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`no answer on port ${port}: ${error.message}`);
  process.exitCode = 1;
}
