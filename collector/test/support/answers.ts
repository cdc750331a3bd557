/** Reports of tests: made in the test's own thread, or in real threads. */
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { chunksOf, textOf, type AnswerTools, type ReportAnswers } from '../../src/answers/answer.js';
import type { ThreadProgram } from '../../src/answers/answer-thread.js';
import { programPath } from './program.js';

/** The same answers without a thread, which takes a second to start. */
export const answersInPlace = (tools: AnswerTools): ReportAnswers => ({
  answer: async (ask, signal) => {
    const { from, pieces } = await textOf(tools, ask, signal);
    return { from, body: Readable.from(bytesOf(pieces), { objectMode: false }) };
  },
});

async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of chunksOf(pieces)) yield bytes;
}

const LOADER = new URL('./typescript-loader.mjs', import.meta.url).href;
const REGISTER = `data:text/javascript,import { register } from 'node:module'; register('${LOADER}');`;

/** Options of a thread whose program is TypeScript. */
export const TYPESCRIPT = ['--import', REGISTER, '--no-warnings'];

/** A thread's program as the sources stand. @param file below `src/answers` */
export const answerProgram = async (file = 'worker.js'): Promise<ThreadProgram> => ({
  url: new URL(`answers/${file}`, pathToFileURL(await programPath())),
});
