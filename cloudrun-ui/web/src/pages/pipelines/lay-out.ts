import dagre from '@dagrejs/dagre';
import type { Pipeline } from './pipeline-query.ts';

/** Of a box of the graph, in pixels. */
export const boxSize = { width: 200, height: 72 } as const;

export interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** Places environments from left to right, as releases pass them. */
export function layOut({ environments, paths }: Pick<Pipeline, 'environments' | 'paths'>): readonly Box[] {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 32, ranksep: 96 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of environments) graph.setNode(name, { ...boxSize });
  for (const { from, to } of paths) graph.setEdge(from, to);
  dagre.layout(graph);
  return environments.map(({ name }) => {
    const { x, y } = graph.node(name) as Pick<Box, 'x' | 'y'>;
    return { name, x: x - boxSize.width / 2, y: y - boxSize.height / 2 };
  });
}
