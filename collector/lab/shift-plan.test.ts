import { expect, test } from '@jest/globals';
import { planShift } from './shift-plan.js';

test('the same seed gives the same shift, another seed another', () => {
  expect(planShift(7)).toEqual(planShift(7));
  expect(planShift(8).calls).not.toEqual(planShift(7).calls);
});

test('every caller has a number of their own, by which the driver knows them', () => {
  const numbers = planShift(7).calls.map((call) => call.callerNumber);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toHaveLength(54);
});
