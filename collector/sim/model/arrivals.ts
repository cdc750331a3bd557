/**
 * When callers call: a Poisson process whose rate follows the hour, the weekday, the day's own mood and the site's
 * growth (by thinning, so that the rate may change at any moment).
 */
import { Random } from './random.js';
import { SECOND_US, type World } from './world.js';

const MONTH_US = 30 * 86_400 * SECOND_US;
const MOODIEST_DAY = 1.6;

/** Calls per second of this queue at this instant. */
export function arrivalRate(world: World, queue: number, atUs: number): number {
  const config = world.queueConfig(queue);
  const { minuteOfDay, weekday, day } = world.local.at(atUs / 1000);
  return (
    (config.callsPerDay *
      hourShare(config.hours, minuteOfDay) *
      (config.weekdays[weekday] ?? 0) *
      mood(world, day) *
      growth(world, atUs)) /
    3600
  );
}

export function scheduleArrival(world: World, queue: number): void {
  const { callsPerDay, hours, weekdays } = world.queueConfig(queue);
  const highest =
    (callsPerDay * (Math.max(...hours) / sum(hours)) * Math.max(...weekdays) * MOODIEST_DAY) / 3600;
  if (highest <= 0) return;
  let atUs = world.atUs;
  do atUs += Math.max(1, Math.round(world.random.exponential(SECOND_US / highest)));
  while (!world.random.chance(arrivalRate(world, queue, atUs) / highest));
  world.at(atUs, { kind: 'arrival', queue });
}

/** Share of a day's calls that fall in the hour around this minute; straight lines between the middles of hours. */
function hourShare(hours: readonly number[], minuteOfDay: number): number {
  const at = minuteOfDay / 60 - 0.5;
  const hour = Math.floor(at);
  const [before, after] = [hours[(hour + 24) % 24] ?? 0, hours[(hour + 25) % 24] ?? 0];
  return (before + (after - before) * (at - hour)) / sum(hours);
}

/** Some days are busier than others; the same day always alike. */
function mood(world: World, day: number): number {
  const noise =
    new Random((world.state.seed ^ Math.imul(day, 0x9e3779b1)) >>> 0).normal() * world.site.dayNoise;
  return Math.min(MOODIEST_DAY, Math.exp(noise));
}

function growth(world: World, atUs: number): number {
  const months = Math.min(0, atUs - world.state.referenceUs) / MONTH_US;
  return (1 + world.site.growthPerMonth) ** months;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
