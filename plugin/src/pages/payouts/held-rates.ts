/**
 * Rates with the time until which each holds.
 *
 * In: rates, and the zone people think in. Out: the same rates. What must hold: pure; a rate holds until the next one of the
 * same agent, or of the default, begins.
 */
import type { Rate } from './types';

export interface HeldRate extends Rate {
  /** Exclusive; null: until further notice. */
  untilAt: number | null;
}

export function heldRates(rates: readonly Rate[]): HeldRate[] {
  return rates.map((rate) => ({ ...rate, untilAt: endOf(rate, rates) }));
}

function endOf({ pbx, agent, fromAt }: Rate, rates: readonly Rate[]): number | null {
  const later = rates.filter((one) => one.pbx === pbx && one.agent === agent && one.fromAt > fromAt);
  return later.length === 0 ? null : Math.min(...later.map((one) => one.fromAt));
}

/** Rates with one number of decimals under each other: at least two, as money is written. */
export function alignedRates(rates: readonly Rate[]): (rate: string) => string {
  const decimals = (rate: string | null): number => rate?.split('.')[1]?.length ?? 0;
  const most = Math.max(2, ...rates.map(({ rate }) => decimals(rate)));
  return (rate) => {
    const [whole = '0', fraction = ''] = rate.split('.');
    return `${whole}.${fraction.padEnd(most, '0')}`;
  };
}
