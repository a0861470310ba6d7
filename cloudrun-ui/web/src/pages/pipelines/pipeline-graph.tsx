import '@xyflow/react/dist/base.css';
import { MarkerType, ReactFlow } from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { EnvironmentBox, type EnvironmentNode } from './environment-box.tsx';
import { largeBoxSize, layOut } from './lay-out.ts';
import { PathEdge, type PathEdgeData } from './path-edge.tsx';
import { standingOf } from './path-standing.ts';
import type { Pipeline } from './pipeline-query.ts';
import styles from './pipeline-graph.module.css';

const nodeTypes = { environment: EnvironmentBox };
const edgeTypes = { path: PathEdge };
/** Between two boxes. */
const spaceForWordsPx = 184;

/** Environments and the ways between them, with what runs in each and what can move. */
export default function PipelineGraph({ pipeline }: { readonly pipeline: Pipeline }) {
  const colorMode = useComputedColorScheme('light');
  // Where things stand does not change with what runs there.
  const shape = JSON.stringify([
    pipeline.environments.map(({ name }) => name),
    pipeline.paths.map(({ from, to }) => [from, to]),
  ]);
  const boxes = useMemo(() => layOut(pipeline, spaceForWordsPx, largeBoxSize), [shape]);
  const nodes = useMemo(
    () =>
      boxes.flatMap(({ name, x, y }): readonly EnvironmentNode[] => {
        const environment = pipeline.environments.find((each) => each.name === name);
        if (environment === undefined) return [];
        return [
          { id: name, type: 'environment', position: { x, y }, data: { environment, pipeline }, ...largeBoxSize },
        ];
      }),
    [boxes, pipeline],
  );
  const edges = useMemo(() => edgesOf(pipeline), [pipeline]);
  const height = Math.max(...boxes.map(({ y }) => y + largeBoxSize.height), largeBoxSize.height) + 64;
  return (
    <div className={styles['graph']} style={{ height }}>
      <ReactFlow
        nodes={[...nodes]}
        edges={[...edges]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={colorMode}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        panOnDrag
        proOptions={{ hideAttribution: true }}
        aria-label="Environments and the ways between them; the tables below tell the same"
      />
    </div>
  );
}

function edgesOf(pipeline: Pipeline): readonly PathEdgeData[] {
  return pipeline.paths.map((path) => {
    const { kind, words } = standingOf(path, pipeline, new Date(pipeline.at));
    return {
      id: `${path.from} ${path.to}`,
      type: 'path',
      source: path.from,
      target: path.to,
      data: { path, pipeline },
      animated: kind === 'running',
      ariaLabel: `${path.from} to ${path.to}: ${words}`,
      markerEnd: { type: MarkerType.ArrowClosed },
    };
  });
}
