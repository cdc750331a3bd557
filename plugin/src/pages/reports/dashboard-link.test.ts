import { stateOf } from './report-url';

const of = (address: string) => stateOf(new URLSearchParams(address));

describe('the address of a report, from a dashboard', () => {
  it('has the filters and the zone of the dashboard', () => {
    const state = of(
      'from=now-7d&to=now&timezone=America%2FNew_York&var-pbx=hq&var-queue=sales&var-queue=VIP%20%F0%9F%9A%80',
    );
    expect(state.range).toEqual({ from: 'now-7d', to: 'now' });
    expect(state.tz).toBe('America/New_York');
    expect(state.filters).toEqual({ pbx: 'hq', queues: ['sales', 'VIP 🚀'] });
  });

  it('filters by nothing where all are meant, and keeps the zone of the site', () => {
    const state = of('timezone=browser&var-pbx=$__all&var-queue=All&var-agent=.*&var-team=$__all');
    expect(state).toMatchObject({ tz: null, filters: {} });
    // The zone of this process: nobody chose it.
    expect(of('timezone=UTC').tz).toBeNull();
  });

  it('lets filters of its own win', () => {
    expect(of('queues=support&var-queue=sales&tz=UTC&timezone=Asia%2FTokyo')).toMatchObject({
      tz: 'UTC',
      filters: { queues: 'support' },
    });
  });
});
