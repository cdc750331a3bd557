/**
 * One cell of CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV
 * injection); a lone `-` and numbers stay.
 */
export function harmlessCsv(text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) && !/^(?:-|[+-]?[\d ]+)$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
