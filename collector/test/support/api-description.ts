/** The API's own description, to hold its answers against. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';

export interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; in: string; description?: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

export interface ApiDescription {
  openapi: string;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
}

export const describedBy = async (app: FastifyInstance): Promise<ApiDescription> =>
  (await app.inject('/openapi.json')).json();

const ajv = new Ajv2020({ strict: false, validateFormats: false });

export const compiles = (schema: object): boolean => typeof ajv.compile(schema) === 'function';

/**
 * What of an answer is not as described, or not described at all.
 *
 * @param path as in the description: `/api/v1/calls/{id}`
 */
export function deviations(
  description: ApiDescription,
  method: string,
  path: string,
  status: number,
  mediaType: string,
  answer: unknown,
): unknown[] {
  const content = description.paths[path]?.[method]?.responses[status]?.content?.[mediaType];
  if (content === undefined) return [`${method} ${path} ${status} ${mediaType} is not described`];
  const validate = ajv.compile(closed(content.schema));
  return validate(answer) ? [] : (validate.errors ?? []);
}

/** The same schema, refusing properties it does not name. */
function closed(schema: object): object {
  const result: unknown = JSON.parse(JSON.stringify(schema), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'properties' in value && !('additionalProperties' in value)
      ? { ...value, additionalProperties: false }
      : value,
  );
  return result as object;
}
