/**
 * Ajv's errors in the API's words.
 *
 * In: the errors of one request's query, path or body. Out: one `{ field, message }` per wrong field.
 */
import type { FastifySchemaValidationError } from 'fastify';
import { nearest } from '../config/suggest.js';

const TYPE_WORDS: Record<string, string> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** @param context `querystring`, `params`, `headers` or `body`: where the fields stand. */
export function fieldErrors(
  errors: readonly FastifySchemaValidationError[],
  context: string,
): { field: string; message: string }[] {
  const found = new Map<string, string>();
  for (const error of errors) {
    const { field, message } = fieldError(error, context);
    // The first error of a field is the telling one.
    if (!found.has(field)) found.set(field, message);
  }
  return [...found].map(([field, message]) => ({ field, message }));
}

function fieldError(
  error: FastifySchemaValidationError,
  context: string,
): { field: string; message: string } {
  const field = error.instancePath.slice(1).replaceAll('/', '.');
  const at = (name: string) => (field === '' ? name : `${field}.${name}`);
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(params.additionalProperty);
      const near = nearest(unknown, knownNames(error), 1)[0];
      const what = context === 'body' ? 'a property' : 'a parameter';
      const hint = near === undefined ? '' : `; did you mean ${near}?`;
      return { field: at(unknown), message: `is not ${what} of this resource${hint}` };
    }
    case 'required':
      return { field: at(String(params.missingProperty)), message: 'is required' };
    case 'type':
      return {
        field: field || context,
        message: `must be ${TYPE_WORDS[String(params.type)] ?? String(params.type)}`,
      };
    case 'enum': {
      const allowed = Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : [];
      return { field: field || context, message: `must be one of ${allowed.join(', ')}` };
    }
    default:
      return { field: field || context, message: error.message ?? 'is not valid' };
  }
}

/** Names the schema knows (Ajv runs with `verbose`). */
function knownNames(error: FastifySchemaValidationError): string[] {
  const schema: unknown = 'parentSchema' in error ? error.parentSchema : undefined;
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return [];
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}
