/**
 * The rule of numbers applied to one PBX: which addresses should be one agent. A pure function.
 *
 * In: the agents of a PBX and whose each address is today. Out: proposals, for users to see, apply or correct. What
 * must hold: people are never merged; where two names share a number, that is said and nothing is proposed.
 */
import { numberOf } from './address.js';

export interface Proposal {
  interface: string;
  /** Whose it would be. */
  agent: string;
  number: string;
}

/** Two or more people with one number: only a user can tell. */
export interface Ambiguity {
  number: string;
  agents: string[];
}

/** @param owners address → agent it belongs to today @param agents names of all agents of the PBX */
export function proposeAliases(
  agents: readonly string[],
  owners: ReadonlyMap<string, string>,
): { proposals: Proposal[]; ambiguities: Ambiguity[] } {
  const groups = new Map<string, Set<string>>();
  for (const address of [...agents, ...owners.keys()]) {
    const number = numberOf(address);
    if (number === null) continue;
    const group = groups.get(number);
    if (group === undefined) groups.set(number, new Set([address]));
    else group.add(address);
  }
  const proposals: Proposal[] = [];
  const ambiguities: Ambiguity[] = [];
  for (const [number, addresses] of groups) {
    const owned = [...addresses].map((address) => owners.get(address) ?? address);
    const people = [...new Set(owned.filter((owner) => numberOf(owner) === null))].sort();
    if (people.length > 1) {
      ambiguities.push({ number, agents: people });
      continue;
    }
    const agent = people[0] ?? (addresses.has(number) ? number : [...new Set(owned)].sort()[0]);
    if (agent === undefined) continue;
    for (const address of [...addresses].sort()) {
      const owner = owners.get(address) ?? address;
      if (address !== agent && owner !== agent) proposals.push({ interface: address, agent, number });
    }
  }
  return { proposals, ambiguities };
}
