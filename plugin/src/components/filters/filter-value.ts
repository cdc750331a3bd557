/**
 * The value of a filter: one text, or several names.
 *
 * What must hold: a list is a parameter given several times, for names may hold commas; one text may still be a list by
 * commas, in addresses that were written by hand or by earlier versions, where it is no name as it stands.
 */

export type FilterValue = string | readonly string[];
/** By the names of the API's parameters; what is not set is not in it. */
export type Filters = Readonly<Record<string, FilterValue>>;

/** As it stands in an address. */
export const textsOf = (value: FilterValue | undefined): readonly string[] =>
  value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value;

/** @returns '' for none */
export const valueOf = (texts: readonly string[]): FilterValue =>
  texts.length > 1 ? texts : (texts[0] ?? '');

/** @param isName whether a text is a name as it stands */
export const namesOf = (
  value: FilterValue | undefined,
  isName: (text: string) => boolean = () => false,
): string[] => textsOf(value).flatMap((text) => (isName(text) ? [text] : text.split(',')));

/** Adds it to an address. */
export function appendTo(query: URLSearchParams, name: string, value: FilterValue | undefined): void {
  for (const text of textsOf(value)) {
    query.append(name, text);
  }
}
