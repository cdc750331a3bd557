/** A change that contradicts what there is; its message says what to do instead. The API answers 409. */
export class ConflictError extends Error {
  override name = 'ConflictError';
}

/** There is no such thing, or it belongs to another tenant. The API answers 404. */
export class MissingError extends Error {
  override name = 'MissingError';
}
