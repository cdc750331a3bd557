/**
 * The kinds of PBX a configuration can name, and the sections each can be read by: the one table of both.
 *
 * In: nothing. Out: names for the schema and the drivers (`pbx/drivers.ts` must have one for each), sections for the check
 * that none is given to a PBX that does not have it.
 */

/** Sections of an entry of `pbxs` that name a place to read from. */
export type SectionName = 'ami' | 'queueLog' | 'cdr' | 'esl' | 'jsonCdr';

export const DIALECT_SECTIONS = {
  asterisk: ['ami', 'queueLog', 'cdr'],
  freeswitch: ['esl', 'jsonCdr'],
} as const satisfies Record<string, readonly SectionName[]>;

export type DialectName = keyof typeof DIALECT_SECTIONS;

export const DIALECT_NAMES = Object.keys(DIALECT_SECTIONS) as DialectName[];

/** What commands take a PBX for that is neither configured nor told. */
export const DEFAULT_DIALECT: DialectName = 'asterisk';

export const SECTION_NAMES: readonly SectionName[] = Object.values(DIALECT_SECTIONS).flat();

/** Dialects that have a section. */
export const dialectsWith = (section: SectionName): DialectName[] =>
  DIALECT_NAMES.filter((dialect) => sectionsOf(dialect).includes(section));

export const sectionsOf = (dialect: DialectName): readonly SectionName[] => DIALECT_SECTIONS[dialect];
