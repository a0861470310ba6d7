import '@xyflow/react/dist/base.css';
import { Handle, MarkerType, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import { boxSize, layOut } from './lay-out.ts';
import { standingOf } from './path-standing.ts';
import type { Pipeline } from './pipeline-query.ts';
import styles from './pipeline-graph.module.css';

type EnvironmentNode = Node<{ readonly environment: Pipeline['environments'][number] }, 'environment'>;

const nodeTypes = { environment: EnvironmentBox };

/** Environments and the ways between them, with what runs in each. */
export default function PipelineGraph({ pipeline }: { readonly pipeline: Pipeline }) {
  const colorMode = useComputedColorScheme('light');
  const boxes = useMemo(() => layOut(pipeline), [pipeline]);
  const nodes = useMemo(
    () =>
      boxes.flatMap(({ name, x, y }): readonly EnvironmentNode[] => {
        const environment = pipeline.environments.find((each) => each.name === name);
        if (environment === undefined) return [];
        return [{ id: name, type: 'environment', position: { x, y }, data: { environment }, ...boxSize }];
      }),
    [boxes, pipeline],
  );
  const edges = useMemo(() => edgesOf(pipeline), [pipeline]);
  const height = Math.max(...boxes.map(({ y }) => y + boxSize.height), boxSize.height) + 64;
  return (
    <div className={styles['graph']} style={{ height }}>
      <ReactFlow
        nodes={[...nodes]}
        edges={[...edges]}
        nodeTypes={nodeTypes}
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
        aria-label="Environments and the ways between them; the table below tells the same"
      />
    </div>
  );
}

function edgesOf(pipeline: Pipeline): readonly Edge[] {
  return pipeline.paths.map((path) => {
    const { kind, words } = standingOf(path, pipeline, new Date(pipeline.at));
    return {
      id: `${path.from} ${path.to}`,
      source: path.from,
      target: path.to,
      animated: kind === 'running',
      ariaLabel: `${path.from} to ${path.to}: ${words}`,
      markerEnd: { type: MarkerType.ArrowClosed },
      style: { stroke: `var(--status-${kind === 'held' || kind === 'ended' ? 'idle' : kind})` },
    };
  });
}

function EnvironmentBox({ data: { environment } }: NodeProps<EnvironmentNode>) {
  const { name, state } = environment;
  return (
    <div className={styles['box']}>
      <Handle type="target" position={Position.Left} className={styles['handle']} isConnectable={false} />
      <div className="quiet">{name}</div>
      <StatusMark kind={state === null || state.release === null ? 'idle' : state.isBad ? 'failed' : 'promoted'}>
        {state?.release ?? 'nothing yet'}
      </StatusMark>
      {state !== null && state.deployedAt !== null && (
        <div className={styles['age']}>
          <When at={state.deployedAt} />
        </div>
      )}
      <Handle type="source" position={Position.Right} className={styles['handle']} isConnectable={false} />
    </div>
  );
}
