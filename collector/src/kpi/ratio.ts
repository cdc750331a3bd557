/** The one division: an empty denominator gives null, never 0 or 100 % (DECISIONS.md 14). */
export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
