/**
 * The numbers the oracle gives per queue and per agent: named as the rows of our reports, counted by `oracle.ts`.
 */
import type { AgentPresence } from './oracle-presence.js';

export interface OracleQueue {
  queue: string;
  entered: number;
  answered: number;
  abandoned: number;
  timedOut: number;
  exitedByKey: number;
  exitedEmpty: number;
  withdrawn: number;
  /** Waiting when Asterisk started anew (DECISIONS: a restart interrupts). */
  interrupted: number;
  waiting: number;
  answeredWithinSl: number | null;
  abandonedWithinSl: number | null;
  waitAnsweredSeconds: number;
  waitAnsweredMaxSeconds: number;
  asaSeconds: number | null;
  waitAbandonedSeconds: number;
  waitUnansweredSeconds: number;
  waitUnansweredMaxSeconds: number;
  talkSeconds: number;
  talkMaxSeconds: number;
  completedByAgent: number;
  completedByCaller: number;
  blindTransfers: number;
  attendedTransfers: number;
  transfersOut: number;
  agentDumps: number;
  ringNoAnswers: number;
  ringCanceled: number;
  /** Answered visits without a closing row: still talking, or cut off by a restart. */
  answeredWithoutEnd: number;
}

export interface OracleAgent extends AgentPresence {
  agent: string;
  answered: number;
  talkSeconds: number;
  talkMaxSeconds: number;
  ringNoAnswers: number;
  ringNoAnswerMs: number;
  ringCanceled: number;
  completedByAgent: number;
  completedByCaller: number;
  blindTransfers: number;
  attendedTransfers: number;
  transfersOut: number;
  agentDumps: number;
}

export function emptyQueue(queue: string, withinSl: 0 | null): OracleQueue {
  return {
    queue,
    entered: 0,
    answered: 0,
    abandoned: 0,
    timedOut: 0,
    exitedByKey: 0,
    exitedEmpty: 0,
    withdrawn: 0,
    interrupted: 0,
    waiting: 0,
    answeredWithinSl: withinSl,
    abandonedWithinSl: withinSl,
    waitAnsweredSeconds: 0,
    waitAnsweredMaxSeconds: 0,
    asaSeconds: null,
    waitAbandonedSeconds: 0,
    waitUnansweredSeconds: 0,
    waitUnansweredMaxSeconds: 0,
    talkSeconds: 0,
    talkMaxSeconds: 0,
    completedByAgent: 0,
    completedByCaller: 0,
    blindTransfers: 0,
    attendedTransfers: 0,
    transfersOut: 0,
    agentDumps: 0,
    ringNoAnswers: 0,
    ringCanceled: 0,
    answeredWithoutEnd: 0,
  };
}

export function emptyAgent(agent: string): OracleAgent {
  return {
    agent,
    answered: 0,
    talkSeconds: 0,
    talkMaxSeconds: 0,
    ringNoAnswers: 0,
    ringNoAnswerMs: 0,
    ringCanceled: 0,
    completedByAgent: 0,
    completedByCaller: 0,
    blindTransfers: 0,
    attendedTransfers: 0,
    transfersOut: 0,
    agentDumps: 0,
    loginSeconds: null,
    loginSecondsByQueue: {},
    pauseSeconds: 0,
    pauseSecondsByReason: {},
    pauseSecondsByQueue: {},
  };
}
