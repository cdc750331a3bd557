/** Filters in addresses: lists are repeated, names may hold commas. */
import { appendTo, namesOf, textsOf, valueOf } from './filter-value';

test('a list is a parameter given several times', () => {
  const query = new URLSearchParams();
  appendTo(query, 'queues', ['Sales, north', 'support']);
  appendTo(query, 'agents', '');
  appendTo(query, 'pbx', 'hq');
  expect(query.toString()).toBe('queues=Sales%2C+north&queues=support&pbx=hq');
  expect(valueOf(query.getAll('queues'))).toEqual(['Sales, north', 'support']);
  expect(valueOf(query.getAll('pbx'))).toBe('hq');
  expect(valueOf([])).toBe('');
});

test('one text is a list by commas only where it is no name as it stands', () => {
  const isName = (text: string) => text === 'Sales, north';
  expect(namesOf('Sales, north', isName)).toEqual(['Sales, north']);
  expect(namesOf(['Sales, north', 'a,b'], isName)).toEqual(['Sales, north', 'a', 'b']);
  expect(namesOf('sales,support')).toEqual(['sales', 'support']);
  expect([textsOf(undefined), textsOf('')]).toEqual([[], []]);
});
