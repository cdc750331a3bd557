/** Parameters about tags, and the tags of visits. In: text; visits. Out: tags; each visit's tags as one text. */
import type { Kysely } from 'kysely';
import type { Database } from '../../storage/schema.js';
import type { ParamDefinition } from '../report.js';
import { textOf, type Text, type Texts } from '../request.js';

export const TAGS_PARAM: ParamDefinition = {
  name: 'tags',
  kind: 'names',
  description: 'Visits with one of these tags (wrap-up codes)',
};

export const TAGGED_PARAM: ParamDefinition = {
  name: 'tagged',
  kind: 'choice',
  choices: ['yes', 'no'],
  description: 'Visits with a tag, or without any',
};

/** Tags hold no comma: a list may be repeated or separated by commas. Null: none asked for. */
export function tagsOf(value: Texts): string[] | null {
  const texts: readonly Text[] = typeof value === 'object' && value !== null ? value : [value];
  const tags = texts.flatMap((text) => textOf(text)?.split(',') ?? []).map((tag) => tag.trim());
  const named = tags.filter((tag) => tag !== '');
  return named.length === 0 ? null : named;
}

interface Visit {
  contactId: number;
  seq: number;
}

/** The tags of visits, as `complaint, refund`; null: none. */
export async function tagTexts(
  db: Kysely<Database>,
  tenantId: number,
  visits: readonly Visit[],
): Promise<(visit: Visit) => string | null> {
  const texts = new Map<string, string>();
  const keyOf = ({ contactId, seq }: Visit): string => `${contactId}.${seq}`;
  const contactIds = [...new Set(visits.map(({ contactId }) => contactId))];
  const rows =
    contactIds.length === 0
      ? []
      : await db
          .selectFrom('visitTag')
          .select(['contactId', 'visitSeq as seq', 'tag'])
          .where('contactId', 'in', contactIds)
          .where('tenantId', '=', tenantId)
          .orderBy('tag')
          .execute();
  for (const { tag, ...visit } of rows) {
    const before = texts.get(keyOf(visit));
    texts.set(keyOf(visit), before === undefined ? tag : `${before}, ${tag}`);
  }
  return (visit) => texts.get(keyOf(visit)) ?? null;
}
