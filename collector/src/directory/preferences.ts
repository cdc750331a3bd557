/**
 * What each user likes to see first: language, presets, theme.
 *
 * In: the choices of a user. Out: the same, or the defaults. What must hold: each user of a tenant has his own; a token
 * that acts for nobody has its own too. What is stored is not trusted to be of this version.
 */
import type { Kysely } from 'kysely';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Database } from '../storage/schema.js';
import type { Identity } from './tokens.js';

export const LANGUAGES = ['en', 'ru', 'uz'] as const;
const MAX_PRESETS = 100;

export const Preferences = Type.Object(
  {
    lang: Type.Union([Type.Enum([...LANGUAGES]), Type.Null()], {
      description: 'null: the language of Grafana',
    }),
    defaultPresets: Type.Record(
      Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
      Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
      { maxProperties: MAX_PRESETS, description: 'Report → id of the saved report it opens with' },
    ),
    theme: Type.Optional(Type.Enum(['light', 'dark'], { description: 'Without it: the theme of Grafana' })),
  },
  { additionalProperties: false, description: 'What a user prefers' },
);
export type Preferences = Static<typeof Preferences>;

const DEFAULTS: Preferences = { lang: null, defaultPresets: {} };

type Owner = Pick<Identity, 'tenantId' | 'tokenId' | 'user'>;

export class PreferenceStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async get({ tenantId, ...owner }: Owner): Promise<Preferences> {
    const row = await this.#db
      .selectFrom('preference')
      .select('value')
      .where('tenantId', '=', tenantId)
      .where('owner', '=', keyOf(owner))
      .executeTakeFirst();
    const value: unknown = row === undefined ? null : JSON.parse(row.value);
    return Value.Check(Preferences, value) ? value : DEFAULTS;
  }

  async set({ tenantId, ...owner }: Owner, preferences: Preferences): Promise<void> {
    const value = JSON.stringify(preferences);
    await this.#db
      .insertInto('preference')
      .values({ tenantId, owner: keyOf(owner), value })
      .onDuplicateKeyUpdate({ value })
      .execute();
  }
}

const keyOf = ({ tokenId, user }: Pick<Owner, 'tokenId' | 'user'>): string =>
  user === null ? `token ${tokenId}` : `user ${user.login}`;
