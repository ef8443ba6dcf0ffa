// The output times.

/** `step`: their distance where they are equidistant, else 0. */
export class Grid {
  constructor(public count: i32, public times: usize, public step: f64) {}

  @inline
  time(i: i32): f64 {
    return load<f64>(this.times + (<usize>i << 3));
  }

  get last(): f64 {
    return this.time(this.count - 1);
  }
}
