/**
 * Circles of a graph: groups of nodes from each of which every other of the group is reached (Tarjan 1972, doi 10.1137/0201010).
 *
 * @param edges what each node leads to
 * @returns each group in the order of names
 */
export function circlesOf(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const open: string[] = [];
  const visit = (node: string): number => {
    const index = order.size;
    order.set(node, index);
    let low = index;
    open.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next) as number);
    }
    if (low === index) {
      const group = open.splice(open.indexOf(node));
      if (group.length > 1 || (edges.get(node) ?? []).includes(node)) found.push(group.sort());
    }
    return low;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return found.sort((a, b) => (a[0] as string).localeCompare(b[0] as string));
}
