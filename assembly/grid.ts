// The output times.
import { f64At } from "./memory";

export class Grid {
  private first: f64 = 0;
  private perStep: f64 = 0;
  /** The last output time. */
  last: f64 = 0;

  /** `step`: their distance where they are equidistant, else 0. */
  constructor(public count: i32, public times: usize, public step: f64) {
    if (count > 0) {
      this.first = this.time(0);
      this.last = this.time(count - 1);
    }
    if (step > 0) this.perStep = 1 / step;
  }

  @inline
  time(i: i32): f64 {
    return load<f64>(f64At(this.times, i));
  }

  /** The number of the first output time > `time`, looking from number `from` on. */
  @inline
  firstAfter(from: i32, time: f64): i32 {
    if (this.perStep == 0) return this.search(from, time);
    // Rounded guess, put right below.
    const guess = (time - this.first) * this.perStep;
    let i = max(from, guess < <f64>this.count ? <i32>guess + 1 : this.count);
    while (i > from && this.time(i - 1) > time) i--;
    while (i < this.count && this.time(i) <= time) i++;
    return i;
  }

  private search(from: i32, time: f64): i32 {
    let i = from;
    let end = this.count;
    while (i < end) {
      const middle = (i + end) >> 1;
      if (this.time(middle) <= time) i = middle + 1;
      else end = middle;
    }
    return i;
  }
}
