import { BaseEdge, EdgeLabelRenderer, getBezierPath, type Edge, type EdgeProps } from '@xyflow/react';
import { StatusMark } from '../../status/status-mark.tsx';
import { Countdown } from '../../time/countdown.tsx';
import { useNow } from '../../time/use-now.ts';
import { standingOf } from './path-standing.ts';
import type { Pipeline, PipelinePath } from './pipeline-query.ts';
import styles from './pipeline-graph.module.css';

export type PathEdgeData = Edge<{ readonly path: PipelinePath; readonly pipeline: Pipeline }, 'path'>;

/** A way of the graph, with what can be done along it now, or until when it cannot. */
export function PathEdge(props: EdgeProps<PathEdgeData>) {
  const { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition, markerEnd, data } = props;
  const now = useNow();
  const [line, x, y] = getBezierPath({ sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition });
  if (data === undefined) return null;
  const { kind, words, until } = standingOf(data.path, data.pipeline, now);
  const color = `var(--status-${kind === 'held' || kind === 'ended' ? 'idle' : kind})`;
  return (
    <>
      <BaseEdge path={line} style={{ stroke: color }} {...(markerEnd === undefined ? {} : { markerEnd })} />
      <EdgeLabelRenderer>
        <div
          className={styles['label']}
          style={{ transform: `translate(-50%, -50%) translate(${String(x)}px, ${String(y)}px)` }}
        >
          <StatusMark kind={kind}>
            {words}
            {until !== undefined && (
              <>
                , <Countdown until={until} over="a moment" />
              </>
            )}
          </StatusMark>
        </div>
      </EdgeLabelRenderer>
    </>
  );
}
