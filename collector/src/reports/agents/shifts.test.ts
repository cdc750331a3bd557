import { describe, expect, it } from '@jest/globals';
import { NO_SHIFT, shiftsOf } from './shifts.js';

describe('shifts', () => {
  const days = [
    { fromMs: 0, toMs: 100 },
    { fromMs: 100, toMs: 200 },
    { fromMs: 200, toMs: 300 },
  ];

  it('are cut at the edges of days; a day without login has none', () => {
    const login = [
      { fromMs: -50, toMs: 20 },
      { fromMs: 30, toMs: 150 },
    ];
    expect(shiftsOf({ login, openAtMs: null }, days)).toEqual([
      { firstLoginAt: 0, lastLogoutAt: 100, sessions: 2 },
      { firstLoginAt: 100, lastLogoutAt: 150, sessions: 1 },
      NO_SHIFT,
    ]);
  });

  it('have no last logout while the agent is logged in, only on the last day', () => {
    const login = [{ fromMs: 40, toMs: 220 }];
    expect(shiftsOf({ login, openAtMs: 220 }, days).map((shift) => shift.lastLogoutAt)).toEqual([
      100,
      200,
      null,
    ]);
  });
});
