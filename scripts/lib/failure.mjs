// A failure that the user can understand and mend: shown as its text alone, without a stack.
import { isStopping } from './processes.mjs';

export class Failure extends Error {
  name = 'Failure';
}

/**
 * Runs a script's main function, which gives the exit code; turns a Failure into its text and exit code 1. What fails
 * because a signal ended it needs no text.
 */
export async function runScript(/** @type {() => Promise<number>} */ main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (isStopping()) return;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
