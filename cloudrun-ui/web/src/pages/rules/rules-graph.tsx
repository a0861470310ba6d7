import '@xyflow/react/dist/base.css';
import { useComputedColorScheme } from '@mantine/core';
import { Handle, MarkerType, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import { useMemo } from 'react';
import { boxSize, layOut } from '../pipelines/lay-out.ts';
import { pathDemands } from './path-demands.ts';
import styles from './rules-graph.module.css';
import type { Rules } from './rules-query.ts';

type EnvironmentNode = Node<{ readonly environment: Rules['environments'][number] }, 'environment'>;

const nodeTypes = { environment: EnvironmentBox };

/** Environments and the ways that the rules allow between them, with what each demands. */
export default function RulesGraph({ rules }: { readonly rules: Rules }) {
  const colorMode = useComputedColorScheme('light');
  const boxes = useMemo(() => layOut(rules, spaceForWordsPx), [rules]);
  const nodes = useMemo(
    () =>
      boxes.flatMap(({ name, x, y }): readonly EnvironmentNode[] => {
        const environment = rules.environments.find((each) => each.name === name);
        if (environment === undefined) return [];
        return [{ id: name, type: 'environment', position: { x, y }, data: { environment }, ...boxSize }];
      }),
    [boxes, rules],
  );
  const height = Math.max(...boxes.map(({ y }) => y + boxSize.height), boxSize.height) + 64;
  return (
    <div className={styles['graph']} style={{ height }}>
      <ReactFlow
        nodes={[...nodes]}
        edges={[...edgesOf(rules)]}
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
        aria-label="Environments and the ways between them; the tables below tell the same"
      />
    </div>
  );
}

/** Between two boxes. */
const spaceForWordsPx = 200;

function edgesOf({ paths }: Rules): readonly Edge[] {
  return paths.map((path) => ({
    id: `${path.from} ${path.to}`,
    source: path.from,
    target: path.to,
    label: pathDemands(path),
    labelStyle: { fill: 'currentcolor', fontSize: 12 },
    labelBgStyle: { fill: 'var(--mantine-color-body)' },
    ariaLabel: `${path.from} to ${path.to}: ${pathDemands(path)}`,
    markerEnd: { type: MarkerType.ArrowClosed },
  }));
}

function EnvironmentBox({ data: { environment } }: NodeProps<EnvironmentNode>) {
  const { name, aliases } = environment;
  return (
    <div className={styles['box']}>
      <Handle type="target" position={Position.Left} className={styles['handle']} isConnectable={false} />
      <strong>{name}</strong>
      {aliases.length > 0 && <div className="quiet">also {aliases.join(', ')}</div>}
      <Handle type="source" position={Position.Right} className={styles['handle']} isConnectable={false} />
    </div>
  );
}
