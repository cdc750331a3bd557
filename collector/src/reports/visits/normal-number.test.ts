import { describe, expect, it } from '@jest/globals';
import { NO_PLAN, normalNumber } from './normal-number.js';

const UZBEKISTAN = { countryCode: '998', nationalDigits: 9 };

describe('a caller’s number', () => {
  it.each([
    '+998901234567',
    '+998 (90) 123-45-67',
    '00998901234567',
    '998901234567',
    'sip:+998901234567@10.0.0.1',
  ])('%s is one number without knowing the country', (shown) => {
    expect(normalNumber(shown, NO_PLAN)).toBe('998901234567');
  });

  it.each(['901234567', '0901234567', '8901234567', '+998901234567', '90 123 45 67'])(
    '%s is one number where it is known how they are written',
    (shown) => {
      expect(normalNumber(shown, UZBEKISTAN)).toBe('998901234567');
    },
  );

  it.each([null, '', '  ', 'anonymous', 'Unknown', '<unknown>', 'Restricted', '0', 'asterisk'])(
    '%p is nobody',
    (shown) => {
      expect(normalNumber(shown, UZBEKISTAN)).toBeNull();
    },
  );

  it('does not take an extension, another country or a SIP user for a national number', () => {
    expect(normalNumber('101', UZBEKISTAN)).toBe('101');
    expect(normalNumber('+491701234567', UZBEKISTAN)).toBe('491701234567');
    expect(normalNumber('Alice', UZBEKISTAN)).toBe('alice');
    expect(normalNumber('2125551234', NO_PLAN)).not.toBe(normalNumber('3125551234', NO_PLAN));
  });
});
