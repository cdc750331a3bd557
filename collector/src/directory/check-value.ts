/** What people type as a value → the text that is stored, or what is wrong with it. */
import { TextError } from '../reports/request.js';
import { zoneOf } from '../time/zone.js';
import { spansError, WEEKDAYS, type BusinessHours } from './hours.js';

const LENGTH = 190;
/** A ratio with at most four decimals: 0.8, 1. */
const RATIO = /^(?:0(?:\.\d{1,4})?|1(?:\.0{1,4})?)$/;

/** @throws TextError */
export function checkName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > LENGTH) throw new TextError(`must have 1 to ${LENGTH} characters`);
  return name;
}

/** @throws TextError */
export function checkTarget(text: string): string {
  const ratio = text.trim();
  if (!RATIO.test(ratio)) throw new TextError(`"${text}" is no ratio from 0 to 1, such as 0.8`);
  return String(Number(ratio));
}

/** @throws TextError; ZoneError */
export function checkHours(hours: BusinessHours): string {
  zoneOf(hours.zone);
  for (const day of WEEKDAYS) {
    const wrong = spansError(hours.week[day] ?? []);
    if (wrong !== null) throw new TextError(`${day}: ${wrong}`);
  }
  return JSON.stringify({ zone: hours.zone, week: hours.week });
}
