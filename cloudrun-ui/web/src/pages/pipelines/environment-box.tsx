import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { StatusMark } from '../../status/status-mark.tsx';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';
import { closureOf, healthOf, standingOfEnvironment } from './environment-standing.ts';
import type { Pipeline } from './pipeline-query.ts';
import styles from './pipeline-graph.module.css';

export type EnvironmentNode = Node<
  { readonly environment: Pipeline['environments'][number]; readonly pipeline: Pipeline },
  'environment'
>;

/** An environment of the graph: what runs in it, since when, how it is, and what keeps it closed. */
export function EnvironmentBox({ data: { environment, pipeline } }: NodeProps<EnvironmentNode>) {
  const { name, state } = environment;
  const standing = standingOfEnvironment(state);
  const health = healthOf(state);
  const closure = closureOf(pipeline, name);
  return (
    <div className={styles['box']}>
      <Handle type="target" position={Position.Left} className={styles['handle']} isConnectable={false} />
      <div className="quiet">{name}</div>
      <div className={styles['fact']}>
        <StatusMark kind={standing.kind}>{standing.words}</StatusMark>
      </div>
      <div className={styles['age']}>
        {state !== null && state.deployedAt !== null && <When at={state.deployedAt} />}
        {health !== undefined && <StatusMark kind={health.kind}>{health.words}</StatusMark>}
      </div>
      <div className={styles['age']}>
        {closure !== undefined ? (
          <StatusMark kind="held">
            {closure.kind === 'hold' ? 'held' : 'frozen'}
            {closure.until !== null && (
              <>
                {' '}
                for <Countdown until={closure.until} over="a moment" />
              </>
            )}
          </StatusMark>
        ) : (
          state !== null &&
          state.undoWindowUntil !== null && (
            <StatusMark kind="rolled-back">
              undo for <Countdown until={state.undoWindowUntil} over="a moment" />
            </StatusMark>
          )
        )}
      </div>
      <Handle type="source" position={Position.Right} className={styles['handle']} isConnectable={false} />
    </div>
  );
}
