/**
 * Rows that did not change stay the same objects, so that nobody draws them again.
 *
 * In: what a row is made of. Out: the row of before while all of that is the same. What must hold: rows of what is gone are forgotten
 * with it.
 */
export class Reused<Source extends object, Row> {
  private readonly made = new WeakMap<Source, { of: readonly unknown[]; row: Row }>();

  /** @param of all else the row depends on, compared by identity */
  row(source: Source, of: readonly unknown[], make: () => Row): Row {
    const before = this.made.get(source);
    if (before && before.of.every((one, place) => one === of[place])) {
      return before.row;
    }
    const row = make();
    this.made.set(source, { of, row });
    return row;
  }
}
