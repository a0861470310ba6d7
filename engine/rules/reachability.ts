export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Every environment that can be reached by one move or more. */
export function reachableFrom(start: string, moves: readonly Move[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [start];
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    for (const { from, to } of moves) {
      if (from !== here || reached.has(to)) continue;
      reached.add(to);
      waiting.push(to);
    }
  }
  return reached;
}
