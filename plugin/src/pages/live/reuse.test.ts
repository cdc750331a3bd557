/** What did not change is the same object. */
import { Reused } from './reuse';

it('gives the row of before until its source, or what else it is made of, is another', () => {
  const reused = new Reused<object, { n: number }>();
  let n = 0;
  const make = () => ({ n: ++n });
  const [source, day] = [{}, {}];
  const first = reused.row(source, [day, 1], make);
  expect(reused.row(source, [day, 1], make)).toBe(first);
  expect(reused.row(source, [day, 2], make)).toEqual({ n: 2 });
  expect(reused.row(source, [{}, 2], make)).toEqual({ n: 3 });
  expect(reused.row({}, [day, 1], make)).toEqual({ n: 4 });
});
