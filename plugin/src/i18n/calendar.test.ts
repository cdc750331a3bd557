import { monthName, weekdayName } from './calendar';
import { chooseLanguage } from './language';

afterEach(() => chooseLanguage(null));

it('names days and months in each language', () => {
  const named = () => [weekdayName(1), weekdayName(7), monthName(new Date(Date.UTC(2026, 9, 1)))];
  expect(named()).toEqual(['Monday', 'Sunday', 'October 2026']);
  chooseLanguage('ru');
  expect(named()).toEqual(['понедельник', 'воскресенье', 'Октябрь 2026 г.']);
  chooseLanguage('uz');
  expect(named()).toEqual(['dushanba', 'yakshanba', 'Oktabr 2026']);
});
