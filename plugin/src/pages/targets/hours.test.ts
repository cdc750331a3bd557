import { heldAt, likeMonday, parseSpans, parseWeek, spansText, weekText } from './hours';

describe('business hours', () => {
  it.each([
    ['', []],
    ['9-18', [['09:00', '18:00']]],
    [
      '09:00–13:00, 14:00 – 18:30',
      [
        ['09:00', '13:00'],
        ['14:00', '18:30'],
      ],
    ],
    ['0:00-24:00', [['00:00', '24:00']]],
  ])('reads "%s"', (text, spans) => {
    expect(parseSpans(text)).toEqual(spans);
    expect(parseSpans(spansText(parseSpans(text)!))).toEqual(spans);
  });

  it.each(['nine to five', '18-9', '9-9', '9:75-10', '9-25', '9-13, 12-18', '24:30-25'])(
    'refuses "%s"',
    (text) => {
      expect(parseSpans(text)).toBeNull();
    },
  );

  it('writes a week and reads it back', () => {
    const hours = {
      zone: 'Asia/Tashkent',
      week: { mon: [['09:00', '18:00'] as [string, string]], sat: [['10:00', '14:00'] as [string, string]] },
    };
    expect(parseWeek(weekText(hours))).toEqual(hours.week);
    expect(parseWeek(likeMonday(weekText(hours)))).toEqual({
      mon: [['09:00', '18:00']],
      tue: [['09:00', '18:00']],
      wed: [['09:00', '18:00']],
      thu: [['09:00', '18:00']],
      fri: [['09:00', '18:00']],
      sat: [['10:00', '14:00']],
    });
    expect(parseWeek({ ...weekText(null), sun: 'x' })).toBeNull();
  });

  it('knows what holds at a time', () => {
    const said = [
      { fromAt: 100, value: 'b' },
      { fromAt: 0, value: 'a' },
      { fromAt: 200, value: 'c' },
    ];
    expect([0, 99, 100, 500].map((at) => heldAt(said, at)?.value)).toEqual(['a', 'a', 'b', 'c']);
    expect(heldAt([{ fromAt: 10 }], 9)).toBeNull();
  });
});
