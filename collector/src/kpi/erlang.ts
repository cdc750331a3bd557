/**
 * How many agents a number of calls needs: Erlang B, C and A, each formula once.
 *
 * In: load, agents, times in seconds. Out: probabilities 0–1, seconds, numbers of agents. Sources: A. K. Erlang (1917);
 * R. B. Cooper, Introduction to Queueing Theory (1981), recursion of Erlang B; A. Mandelbaum and S. Zeltyn, Service
 * engineering in action: the Palm/Erlang-A queue (2007), "building blocks" of M/M/n+M.
 *
 * What must hold: arrivals at random with a constant rate (Poisson), exponential handling times, one pool in which every
 * agent can take every call. Erlang C has callers who never give up: with as much load as agents, or more, its wait has
 * no end (null). Erlang A lets each caller give up after an exponential patience and is stable at any load.
 */

/** Offered load A = λ·AHT in erlangs: the average number of calls handled at once if nobody waited. */
export const offeredLoad = (callsPerSecond: number, ahtSeconds: number): number =>
  callsPerSecond * ahtSeconds;

/** Erlang B: the share of calls that find all agents busy when nobody may wait. */
export function erlangB(agents: number, load: number): number {
  let blocked = 1;
  for (let m = 1; m <= agents; m++) blocked = (load * blocked) / (m + load * blocked);
  return blocked;
}

/** Erlang C: the share of calls that must wait; 1 when the load is as great as the agents or greater. */
export function erlangC(agents: number, load: number): number {
  if (load >= agents) return 1;
  const blocked = erlangB(agents, load);
  return (agents * blocked) / (agents - load * (1 - blocked));
}

/** What a number of agents makes of a load. */
export interface QueuePerformance {
  /** Share of calls that wait at all, 0–1. */
  waitProbability: number;
  /** Share of all calls answered within T, 0–1. */
  serviceLevel: number;
  /** Average wait of all callers, seconds (Erlang C: ASA); null: it grows without end. */
  averageWaitSeconds: number | null;
  /** Share of callers who give up, 0–1; of Erlang C: 0. */
  abandonment: number;
  /** Share of the agents' time in calls, 0–1. */
  occupancy: number;
}

/** SL = 1 − Pw·e^(−(m − A)·T/AHT), ASA = Pw·AHT/(m − A), occupancy = A/m. @param thresholdSeconds T */
export function performanceC(
  agents: number,
  callsPerSecond: number,
  ahtSeconds: number,
  thresholdSeconds: number,
): QueuePerformance {
  const load = offeredLoad(callsPerSecond, ahtSeconds);
  if (load === 0) return NO_LOAD;
  if (load >= agents) {
    return { waitProbability: 1, serviceLevel: 0, averageWaitSeconds: null, abandonment: 0, occupancy: 1 };
  }
  const waitProbability = erlangC(agents, load);
  const spare = agents - load;
  return {
    waitProbability,
    serviceLevel: 1 - waitProbability * Math.exp((-spare * thresholdSeconds) / ahtSeconds),
    averageWaitSeconds: (waitProbability * ahtSeconds) / spare,
    abandonment: 0,
    occupancy: load / agents,
  };
}

const NO_LOAD: QueuePerformance = {
  waitProbability: 0,
  serviceLevel: 1,
  averageWaitSeconds: 0,
  abandonment: 0,
  occupancy: 0,
};

/** @param patienceSeconds how long a caller is ready to wait, on average */
export interface ErlangALoad {
  callsPerSecond: number;
  ahtSeconds: number;
  patienceSeconds: number;
}

/**
 * M/M/n+M with λ calls, μ = 1/AHT, θ = 1/patience. With V the wait of a caller who would never give up:
 * its density is λ·exp(λ·H(x) − n·μ·x)/(ε + λ·J), H(x) = (1 − e^(−θx))/θ, J = ∫₀^∞ exp(λ·H(x) − n·μ·x)dx and
 * ε = 1/ErlangB(n − 1, λ/μ). P(wait) = λJ/(ε + λJ); P(abandon) = (1 + (λ − nμ)·J)/(ε + λJ); E[W] = P(abandon)/θ; answered
 * within T = P(V = 0) + ∫₀^T e^(−θx)·density(x)dx. Without agents everybody gives up.
 */
export function performanceA(agents: number, load: ErlangALoad, thresholdSeconds: number): QueuePerformance {
  const { callsPerSecond: calls, ahtSeconds, patienceSeconds } = load;
  const erlangs = offeredLoad(calls, ahtSeconds);
  if (erlangs === 0) return NO_LOAD;
  if (agents === 0) {
    const gone = { serviceLevel: 0, averageWaitSeconds: patienceSeconds, abandonment: 1, occupancy: 0 };
    return { waitProbability: 1, ...gone };
  }
  const impatience = 1 / patienceSeconds;
  const work = agents / ahtSeconds;
  const exponent = (x: number): number => (calls * (1 - Math.exp(-impatience * x))) / impatience - work * x;
  // The exponents are taken relative to their greatest: e^(λ/θ) alone would leave the range of numbers.
  const peakAt = calls > work ? patienceSeconds * Math.log(calls / work) : 0;
  const peak = exponent(peakAt);
  const weight = (x: number): number => Math.exp(exponent(x) - peak);
  const end = negligibleFrom(exponent, peakAt, peak, 1 / Math.max(work, impatience));
  const integral = integrate(weight, 0, end);
  // Multiplied through by Erlang B, which may be too small to divide by.
  const blocked = erlangB(agents - 1, erlangs);
  const free = Math.exp(-peak);
  const waiting = blocked * calls * integral;
  const whole = free + waiting;
  const within = Math.min(thresholdSeconds, end);
  const servedAfterWait = integrate((x) => Math.exp(-impatience * x) * weight(x), 0, within);
  const abandonment = clamp((blocked * (free + (calls - work) * integral)) / whole);
  return {
    waitProbability: clamp(waiting / whole),
    serviceLevel: clamp((free + blocked * calls * servedAfterWait) / whole),
    averageWaitSeconds: abandonment * patienceSeconds,
    abandonment,
    occupancy: (erlangs * (1 - abandonment)) / agents,
  };
}

const clamp = (probability: number): number => Math.min(1, Math.max(0, probability));

/** Where the integrand has fallen to nothing: e^−45 of its greatest. */
function negligibleFrom(
  exponent: (x: number) => number,
  peakAt: number,
  peak: number,
  stepSeconds: number,
): number {
  let width = stepSeconds;
  while (exponent(peakAt + width) > peak - 45) width *= 2;
  return peakAt + width;
}

/** Simpson's rule; the integrands here are smooth and their range is cut to where they matter. */
function integrate(f: (x: number) => number, from: number, to: number): number {
  const steps = 4000;
  const h = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 0 ? 2 : 4) * f(from + i * h);
  return (sum * h) / 3;
}

/** More agents than any call center has: beyond that the question is wrong, not the answer. */
const MAX_AGENTS = 20_000;

/**
 * Fewest agents with which at least `target` of the calls are answered within T; null when no number does.
 * @param performance of a number of agents, never falling with more of them
 * @param atLeast a number that is known to be too few or just enough
 */
export function requiredAgents(
  performance: (agents: number) => QueuePerformance,
  target: number,
  atLeast = 0,
): number | null {
  const enough = (agents: number): boolean => performance(agents).serviceLevel >= target;
  let high = Math.max(1, atLeast);
  while (!enough(high)) {
    if (high >= MAX_AGENTS) return null;
    high *= 2;
  }
  let low = Math.max(0, atLeast);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Paid staff for so many at work: m/(1 − shrinkage); shrinkage is the share of paid time not worked, 0–1 (below 1). */
export const paidStaff = (agents: number, shrinkage: number): number => Math.ceil(agents / (1 - shrinkage));

/**
 * Average patience, seconds: all time waited / number of callers who gave up. The maximum-likelihood estimate for
 * exponential patience when answered callers are censored (Mandelbaum and Zeltyn 2007, §5); null when nobody gave up.
 */
export const averagePatienceSeconds = (waitedSeconds: number, abandoned: number): number | null =>
  abandoned > 0 && waitedSeconds > 0 ? waitedSeconds / abandoned : null;
