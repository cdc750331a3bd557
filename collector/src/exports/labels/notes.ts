/**
 * Notes of reports in other languages. In: a note in English, and patterns with `{}` where names and numbers stand. Out:
 * the note in the language; null when no pattern fits.
 */

/** English pattern → pattern of the language, whose `{}` stand in the same order. */
export type NotePatterns = Readonly<Record<string, string>>;

export function translatedNote(note: string, patterns: NotePatterns): string | null {
  for (const [english, translated] of Object.entries(patterns)) {
    const found = expressionOf(english).exec(note);
    if (found === null) continue;
    let part = 0;
    return translated.replace(/\{\}/g, () => found[++part] ?? '');
  }
  return null;
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    const parts = pattern.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    expression = new RegExp(`^${parts.join('(.+?)')}$`, 's');
    expressions.set(pattern, expression);
  }
  return expression;
}
