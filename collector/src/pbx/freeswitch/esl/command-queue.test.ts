import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { CommandQueue } from './command-queue.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('a late answer is told to nobody: the next one gets its own', async () => {
  const queue = new CommandQueue('FreeSWITCH fs1:8021', 10_000);
  const slow = queue.sent('api slow', 'slow');
  const next = queue.sent('api next', 'next');
  jest.advanceTimersByTime(9_999);
  const last = queue.sent('api last', 'last');
  jest.advanceTimersByTime(1);
  await expect(slow).rejects.toThrow('FreeSWITCH fs1:8021: no answer to api slow within 10000 ms');
  await expect(next).rejects.toThrow('no answer to api next');
  expect([queue.isWaiting, queue.next]).toEqual([true, 'slow']);
  queue.answered('of slow');
  expect(queue.next).toBe('next');
  queue.answered('of next');
  queue.answered('of last');
  expect(await last).toBe('of last');
  expect([queue.isWaiting, queue.next]).toEqual([false, undefined]);
});
