/** Words of the doctor's findings. */
import { fieldText, pbxErrorText, valueText } from './doctor-words';

test('fields and codes have words, names and numbers stay', () => {
  expect(fieldText('waitSeconds')).toBe('Wait, s');
  expect(fieldText('somethingNew')).toBe('somethingNew');
  expect(valueText('outcome', 'timedOut')).toBe('Timed out');
  expect(valueText('visit', 'abandoned')).toBe('Abandoned');
  expect(valueText('endedBy', 'caller')).toBe('Caller');
  expect(valueText('agent', 'caller')).toBe('caller');
  expect(valueText('waitSeconds', 12)).toBe('12');
  expect(valueText('visit', null)).toBeNull();
});

test('an error of the PBX is told with its numbers; one without words as it came', () => {
  const error = { callId: '1', queue: 'sales', enteredAt: 0, what: 'as told', params: { seconds: '42' } };
  expect(pbxErrorText({ ...error, code: 'transferUnseen' })).toContain('42 s of its talk time');
  expect(pbxErrorText({ ...error, code: 'somethingNew' })).toBe('as told');
});
