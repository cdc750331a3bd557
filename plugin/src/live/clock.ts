/**
 * The collector's clock as this browser knows it, whose own may be wrong by hours.
 *
 * In: the `at` of messages when they arrive. Out: how far the collector is ahead. What must hold: a message tells at
 * least the truth minus its way here, so the greatest of the last ones is nearest; a clock that was set is followed.
 */
const SAMPLES = 16;

export class CollectorClock {
  private readonly offsets: number[] = [];

  /** @param at the collector's clock when it sent. @param receivedAt this browser's clock now. Both UTC ms. */
  heard(at: number, receivedAt: number): void {
    this.offsets.push(at - receivedAt);
    if (this.offsets.length > SAMPLES) {
      this.offsets.shift();
    }
  }

  /** Milliseconds to add to this browser's clock; 0 before anything was heard. */
  get offsetMs(): number {
    return this.offsets.length === 0 ? 0 : Math.max(...this.offsets);
  }
}
