/** Undoes `ast_escape_c()` (main/utils.c). Pure. */

const CHARACTER: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** `To\'rayev \"A\"` → `To'rayev "A"`. A backslash Asterisk does not write stays what it is. */
export function unescapeC(value: string): string {
  return value.replace(/\\([abfnrtv\\'"?])/g, (_, code: string) => CHARACTER[code] ?? code);
}
