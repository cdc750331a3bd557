/**
 * Queues or agents of the directory, to choose from.
 *
 * In: which of them. Out: options for a combobox, by name on the PBX, with display name. What must hold: the list is asked
 * for once for all pages that are open; a site with more than one page of them is searched by the collector.
 */
import { useEffect, useState } from 'react';
import type { ComboboxOption } from '@grafana/ui';
import { api } from '../../api/client';

export type MemberKind = 'queues' | 'agents';

interface Member {
  pbx: string;
  name: string;
  displayName: string | null;
  team: string | null;
}

interface Page {
  rows: Member[];
  count: number;
}

export interface Members {
  options: ComboboxOption[];
  pbxs: string[];
  /** There are more than `options`: search. */
  hasMore: boolean;
}

const LIMIT = 1000;
const NONE: Members = { options: [], pbxs: [], hasMore: false };
/** New members appear seldom; a page that stays open asks again after this. */
const KEPT_MS = 5 * 60_000;
const kept = new Map<MemberKind, { at: number; answer: Promise<Members> }>();

function load(kind: MemberKind): Promise<Members> {
  const known = kept.get(kind);
  if (known && Date.now() - known.at < KEPT_MS) {
    return known.answer;
  }
  const answer = fetchMembers(kind, null);
  kept.set(kind, { at: Date.now(), answer });
  answer.catch(() => kept.delete(kind));
  return answer;
}

/** Names have changed: whoever asks next asks the collector. */
export const forgetMembers = (): void => kept.clear();

async function fetchMembers(kind: MemberKind, search: string | null): Promise<Members> {
  const { rows, count } = await api.get<Page>(`directory/${kind}`, { search, limit: LIMIT });
  return {
    options: optionsOf(rows),
    pbxs: [...new Set(rows.map(({ pbx }) => pbx))],
    hasMore: count > rows.length,
  };
}

/** Reports filter by name alone: members of one name on two PBXs are one choice. */
export function optionsOf(rows: readonly Member[]): ComboboxOption[] {
  const byName = new Map<string, ComboboxOption>();
  for (const { name, displayName, pbx, team } of rows) {
    const known = byName.get(name);
    byName.set(name, {
      value: name,
      label: known?.label ?? displayName ?? name,
      description: [
        known?.description ?? (displayName !== null && displayName !== name ? name : ''),
        pbx,
        team ?? '',
      ]
        .filter((text) => text !== '')
        .join(' · '),
    });
  }
  return [...byName.values()];
}

export const searchMembers = async (kind: MemberKind, text: string): Promise<ComboboxOption[]> =>
  (await fetchMembers(kind, text)).options;

/** Without an answer there is nothing to choose from; the report itself then says what is wrong. */
export function useMembers(kind: MemberKind): Members {
  const [members, setMembers] = useState(NONE);
  useEffect(() => {
    let isGone = false;
    load(kind).then(
      (loaded) => !isGone && setMembers(loaded),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [kind]);
  return members;
}
