import { CollectorClock } from './clock';

describe('the collector’s clock', () => {
  it('takes the message that was fastest, not one that was on its way for long', () => {
    const clock = new CollectorClock();
    clock.heard(10_000, 4_100);
    clock.heard(10_250, 4_260);
    clock.heard(9_000, 4_500);
    expect(clock.offsetMs).toBe(5_990);
  });

  it('follows a clock that was set back', () => {
    const clock = new CollectorClock();
    clock.heard(100_000, 1_000);
    for (let n = 0; n < 16; n++) {
      clock.heard(5_000 + n, 1_000 + n);
    }
    expect(clock.offsetMs).toBe(4_000);
  });

  it('is this browser’s before anything was heard', () => {
    expect(new CollectorClock().offsetMs).toBe(0);
  });
});
