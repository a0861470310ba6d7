import dagre from '@dagrejs/dagre';

/** Environments, and the ways between them. */
export interface Ways {
  readonly environments: readonly { readonly name: string }[];
  readonly paths: readonly { readonly from: string; readonly to: string }[];
}

/** In pixels. */
export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/** Of a box of the graph, in which an environment has a name. */
export const boxSize: BoxSize = { width: 200, height: 72 };
/** The same where it says what runs there, too. */
export const largeBoxSize: BoxSize = { width: 216, height: 96 };

export interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Places environments from left to right, as releases pass them.
 * @param spacePx between two that a way joins.
 */
export function layOut({ environments, paths }: Ways, spacePx = 96, size = boxSize): readonly Box[] {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 32, ranksep: spacePx });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of environments) graph.setNode(name, { ...size });
  for (const { from, to } of paths) graph.setEdge(from, to);
  dagre.layout(graph);
  return environments.map(({ name }) => {
    const { x, y } = graph.node(name) as Pick<Box, 'x' | 'y'>;
    return { name, x: x - size.width / 2, y: y - size.height / 2 };
  });
}
