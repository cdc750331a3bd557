/** Text cut to what a column holds, by characters: half an emoji would be refused. */
export const clip = (text: string, length: number): string =>
  text.length <= length ? text : [...text].slice(0, length).join('');

export const clipOrNull = (text: string | null, length: number): string | null =>
  text === null ? null : clip(text, length);
