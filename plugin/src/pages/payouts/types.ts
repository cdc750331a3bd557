/** Shapes of payouts. Money is text, exact; times are UTC ms. */

export interface Rate {
  id: number;
  /** Null, as `agent`: the default of all without a rate of their own. */
  pbx: string | null;
  agent: string | null;
  /** 0: always. */
  fromAt: number;
  /** Per minute of talk; null: none of the agent's own from then on. */
  rate: string | null;
  currency: string | null;
}

export interface Terms {
  basis: 'reported' | 'measured';
  rounding: 'call' | 'total';
  minimumTalkSeconds: number;
}

export interface Period extends Terms {
  id: number;
  name: string;
  fromAt: number;
  /** Exclusive. */
  toAt: number;
  zone: string;
  currency: string;
  status: 'open' | 'locked';
  lockedAt: number | null;
}

export interface Adjustment {
  id: number;
  pbx: string;
  agent: string;
  amount: string;
  reason: string;
  aboutPeriodId: number | null;
  createdAt: number;
}

export interface Late {
  pbx: string;
  agent: string;
  lockedCalls: number;
  callsNow: number;
  amount: string;
}

/** A line of the change log. */
export interface Changed {
  id: number;
  at: number;
  /** Name of the token. */
  by: string | null;
  /** The user it acted for. */
  login: string | null;
  subject: string;
  action: string;
  oldValue: string | null;
  newValue: string | null;
}
