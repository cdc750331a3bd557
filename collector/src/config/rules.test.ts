import { describe, expect, test } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import { callDirection } from './call-direction.js';
import { matchesPattern } from './pattern.js';
import { queueSettings } from './queue-settings.js';
import { editDistance, nearest } from './suggest.js';

describe('patterns', () => {
  test.each([
    ['*', '', true],
    ['sales', 'sales', true],
    ['sales', 'Sales', false],
    ['PJSIP/trunk-*', 'PJSIP/trunk-0000a1', true],
    ['PJSIP/trunk-*', 'PJSIP/400-1', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*-uz', 'tashkent-uz-uz', true],
    ['a.c', 'abc', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['', 'a', false],
  ])('%s on %s: %s', (pattern, name, expected) => expect(matchesPattern(pattern, name)).toBe(expected));

  test('agree with the regular expression they stand for', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        const asRegExp = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesPattern(pattern, name)).toBe(asRegExp.test(name));
      }),
    );
  });

  test('a hostile pattern does not explode', () => {
    expect(matchesPattern('*a'.repeat(200) + 'b', 'a'.repeat(2_000))).toBe(false);
  });
});

describe('settings of a queue', () => {
  const march = Date.UTC(2026, 2, 1);
  const settings = queueSettings([
    {
      pbxPattern: '*',
      queuePattern: '*',
      fromMs: -Infinity,
      serviceLevelSeconds: 15,
      shortAbandonSeconds: 3,
    },
    { pbxPattern: '*', queuePattern: 'support-*', fromMs: -Infinity, wrapUpSeconds: 10 },
    {
      pbxPattern: 'hq',
      queuePattern: 'sales',
      fromMs: march,
      serviceLevelSeconds: 30,
      serviceLevelFormula: 'D',
    },
  ]);

  test('are the defaults without any rule', () => {
    expect(queueSettings([]).at('hq', 'sales', 0)).toEqual({
      serviceLevelSeconds: 20,
      serviceLevelFormula: 'B',
      shortAbandonSeconds: 5,
      wrapUpSeconds: null,
    });
  });

  test('a later rule changes only what it states', () => {
    expect(settings.at('branch', 'support-1', march)).toEqual({
      serviceLevelSeconds: 15,
      serviceLevelFormula: 'B',
      shortAbandonSeconds: 3,
      wrapUpSeconds: 10,
    });
  });

  test('a new agreement leaves the past as it was', () => {
    expect(settings.at('hq', 'sales', march - 1)).toMatchObject({
      serviceLevelSeconds: 15,
      serviceLevelFormula: 'B',
    });
    expect(settings.at('hq', 'sales', march)).toMatchObject({
      serviceLevelSeconds: 30,
      serviceLevelFormula: 'D',
    });
    expect(settings.at('branch', 'sales', march)).toMatchObject({ serviceLevelSeconds: 15 });
  });
});

test('the first direction rule that matches wins; without one nothing is guessed', () => {
  const any = { channel: '*', destinationChannel: '*', context: '*' };
  const rules = [
    { ...any, channel: 'PJSIP/trunk-*', direction: 'inbound' as const },
    { ...any, destinationChannel: 'PJSIP/trunk-*', direction: 'outbound' as const },
    { ...any, context: 'from-internal', direction: 'internal' as const },
  ];
  const leg = (channel: string, destinationChannel: string, context: string) => ({
    channel,
    destinationChannel,
    context,
  });
  expect(callDirection(rules, leg('PJSIP/trunk-1', 'PJSIP/trunk-2', 'x'))).toBe('inbound');
  expect(callDirection(rules, leg('PJSIP/400-1', 'PJSIP/trunk-2', 'from-internal'))).toBe('outbound');
  expect(callDirection(rules, leg('PJSIP/400-1', '', 'from-internal'))).toBe('internal');
  expect(callDirection(rules, leg('PJSIP/400-1', '', 'y'))).toBe('unknown');
});

describe('suggestions', () => {
  test.each([
    ['prot', 'port', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %i edits apart', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

  test('are the nearest names, or none', () => {
    expect(nearest('suport', ['support', 'sales', 'support-uz'])).toEqual(['support']);
    expect(nearest('support', ['sales', 'support-uz', 'support'])).toEqual(['support', 'support-uz']);
    expect(nearest('xyz', ['support', 'sales'])).toEqual([]);
  });
});
