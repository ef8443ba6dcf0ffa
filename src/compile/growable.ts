/** A Uint32Array that grows at its end. */
export class Uint32List {
  length = 0;
  data: Uint32Array;

  constructor(capacity = 64) {
    this.data = new Uint32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) this.#grow();
    this.data[this.length++] = value;
  }

  /** A copy of just the filled part. */
  toArray(): Uint32Array {
    return this.data.slice(0, this.length);
  }

  #grow(): void {
    const data = new Uint32Array(2 * this.data.length);
    data.set(this.data);
    this.data = data;
  }
}

/** A Uint8Array of flags that grows when a flag beyond its end is set. */
export class Flags {
  #data = new Uint8Array(64);

  has(index: number): boolean {
    return this.#data[index] === 1;
  }

  set(index: number): void {
    if (index >= this.#data.length) {
      const data = new Uint8Array(Math.max(index + 1, 2 * this.#data.length));
      data.set(this.#data);
      this.#data = data;
    }
    this.#data[index] = 1;
  }
}
