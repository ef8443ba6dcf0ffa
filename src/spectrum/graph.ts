/**
 * Strongly connected components of a directed graph with vertices 0 .. count - 1 (Tarjan 1972), without recursion.
 * A component comes after every component that it leads to.
 */
export function strongComponents(
  count: number,
  successors: (vertex: number) => readonly number[],
): number[][] {
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const open = new Uint8Array(count);
  const stack: number[] = [];
  const components: number[][] = [];
  let next = 0;
  const enter = (vertex: number) => {
    order[vertex] = low[vertex] = next++;
    open[vertex] = 1;
    stack.push(vertex);
    return { vertex, next: successors(vertex), place: 0 };
  };
  const lower = (vertex: number, to: number): void => {
    low[vertex] = Math.min(low[vertex] as number, to);
  };
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const path = [enter(root)];
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const { vertex } = frame;
      const child = frame.next[frame.place++];
      if (child === undefined) {
        path.pop();
        const parent = path.at(-1);
        if (parent !== undefined) lower(parent.vertex, low[vertex] as number);
        if (low[vertex] !== order[vertex]) continue;
        const component = stack.splice(stack.lastIndexOf(vertex));
        for (const member of component) open[member] = 0;
        components.push(component);
      } else if (order[child] === -1) path.push(enter(child));
      else if (open[child] === 1) lower(vertex, order[child] as number);
    }
  }
  return components;
}
