/** Connected components under growing sets of elements; the representative is the smallest member. */
export class UnionFind {
  #parent = new Uint32Array(64);
  #count = 0;

  /** Makes room for elements 0 .. count - 1, the new ones alone in their components. */
  extend(count: number): void {
    if (count > this.#parent.length) {
      const parent = new Uint32Array(Math.max(count, 2 * this.#parent.length));
      parent.set(this.#parent);
      this.#parent = parent;
    }
    for (let i = this.#count; i < count; i++) this.#parent[i] = i;
    this.#count = Math.max(this.#count, count);
  }

  find(element: number): number {
    const parent = this.#parent;
    let i = element;
    while (parent[i] !== i) {
      const grand = parent[parent[i] as number] as number;
      parent[i] = grand;
      i = grand;
    }
    return i;
  }

  join(a: number, b: number): void {
    const rootA = this.find(a);
    const rootB = this.find(b);
    if (rootA < rootB) this.#parent[rootB] = rootA;
    else this.#parent[rootA] = rootB;
  }
}
