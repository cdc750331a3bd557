/** Addresses of the API. */
import { apiUrl, queryString } from './client';

describe('the query of an address', () => {
  it('repeats lists, whose values may hold commas', () => {
    expect(queryString({ queues: ['sales', 'support, night'], tz: 'UTC' })).toBe(
      'queues=sales&queues=support%2C+night&tz=UTC',
    );
  });

  it('leaves out what is nothing, and keeps zero and false', () => {
    expect(queryString({ a: null, b: undefined, c: '', d: [], e: 0, f: false, g: [''] })).toBe('e=0&f=false');
  });

  it('is not there when there is nothing to say', () => {
    expect(apiUrl('live')).toMatch(/\/live$/);
  });
});
