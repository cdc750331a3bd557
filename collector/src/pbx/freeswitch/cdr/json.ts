/** Looking into JSON that others wrote: nothing is believed of its shape. Pure. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of an object; undefined where there is no such value, or no object. */
export const valueAt = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);
