/**
 * Reports as files in the answer itself: CSV of any length, XLSX and PDF while they are small.
 *
 * What must hold: what is wrong with the request is said before the first byte; every file taken stands in the audit log;
 * a client that goes away stops the work.
 */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Answer, ReportAsk } from '../../answers/answer.js';
import type { HidingMode } from '../../directory/masking.js';
import type { Identity } from '../../directory/tokens.js';
import { MAX_DIRECT_ROWS } from '../../exports/direct-exports.js';
import {
  DEFAULT_OPTIONS,
  ExportRefusedError,
  FORMATS,
  MEDIA_TYPES,
  ORIENTATIONS,
  PAPERS,
  type ExportSpec,
  type Format,
  type Language,
  type Orientation,
  type Paper,
} from '../../exports/spec.js';
import { accessOf, numbersFor } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Gate } from '../gate.js';
import { Problem } from '../problem.js';

type Exports = Pick<ApiDeps['exports'], 'direct'>;

/** Parameters of a report's route that say what its answer looks like. */
export const fileParams = {
  format: Type.Enum([...FORMATS], {
    default: 'json',
    description:
      'csv: RFC 4180, UTF-8, header line of keys, all rows; xlsx and pdf: ' +
      `at most ${MAX_DIRECT_ROWS} rows, more by POST /api/v1/exports`,
  }),
  paper: Type.Optional(Type.Enum([...PAPERS], { description: 'PDF; default: A4' })),
  orientation: Type.Optional(Type.Enum([...ORIENTATIONS], { description: 'PDF; default: landscape' })),
};

export interface FileQuery {
  format: Format;
  lang: Language | undefined;
  paper: Paper | undefined;
  orientation: Orientation | undefined;
}

/** Threads of files that are waited for; background jobs have their own. */
const gate = new Gate({ running: 2, waiting: 20 });

/** @throws Problem 400 naming `format` when there are too many rows, ReportRequestError */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { direct }: Exports,
  spec: ExportSpec,
): Promise<Readable> {
  const make = () => direct.make(spec, accessOf(request), request.signal);
  const { stream, bytes, contents } = await gate.run(request.signal, make).catch((error: unknown) => {
    if (!(error instanceof ExportRefusedError)) throw error;
    throw new Problem(400, `The ${spec.format} file cannot be made: ${error.message}.`, {
      errors: [{ field: 'format', message: error.message }],
    });
  });
  nameFile(reply, spec.report, contents.from, spec.format);
  void reply.header('content-length', bytes);
  return stream;
}

/** @param answer CSV, of which nothing is sent before it stands in the audit log */
export async function sendCsv(
  request: FastifyRequest,
  reply: FastifyReply,
  { direct }: Exports,
  { report, params }: ReportAsk,
  { from, body }: Answer,
): Promise<FastifyReply> {
  try {
    await direct.note({ report, params, format: 'csv' }, accessOf(request));
  } catch (error) {
    if (body instanceof Readable) body.destroy();
    throw error;
  }
  nameFile(reply, report, from, 'csv');
  return reply.send(body);
}

/** How callers' numbers stand in files for this identity. */
export function shownNumbers(access: Identity): { numbers: boolean; maskedBy?: HidingMode } {
  const mode = numbersFor(access);
  return mode === 'none' ? { numbers: true } : { numbers: false, maskedBy: mode };
}

export const optionsOf = ({
  lang,
  paper = DEFAULT_OPTIONS.paper,
  orientation = DEFAULT_OPTIONS.orientation,
}: Omit<FileQuery, 'format'>): ExportSpec['options'] => ({
  ...DEFAULT_OPTIONS,
  ...(lang && { lang }),
  paper,
  orientation,
});

function nameFile(reply: FastifyReply, report: string, from: string, format: Format): void {
  void reply
    .type(MEDIA_TYPES[format])
    .header('content-disposition', `attachment; filename="${report}-${from.slice(0, 10)}.${format}"`);
}
