import { Link } from '@tanstack/react-router';
import type { Closure } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { DataTable } from '../../table/data-table.tsx';
import table from '../../table/table.module.css';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';
import { closureOf, healthOf, standingOfEnvironment } from './environment-standing.ts';
import type { Pipeline } from './pipeline-query.ts';

type State = Pipeline['environments'][number]['state'];

/** The boxes of the graph, in words. */
export function EnvironmentTable({ pipeline }: { readonly pipeline: Pipeline }) {
  return (
    <section className={table['section']}>
      <DataTable
        caption="Environments"
        rows={pipeline.environments}
        keyOf={({ name }) => name}
        columns={[
          { title: 'Environment', cell: ({ name }) => name, isWhole: true },
          { title: 'Runs', cell: ({ state }) => <Runs state={state} />, isWhole: true },
          {
            title: 'Since',
            cell: ({ state }) => state !== null && state.deployedAt !== null && <When at={state.deployedAt} />,
            isWhole: true,
          },
          { title: 'Health', cell: ({ state }) => <Health state={state} />, isProse: true },
          { title: 'Closed', cell: ({ name }) => <Closed closure={closureOf(pipeline, name)} /> },
          {
            title: 'Undo window',
            cell: ({ state }) =>
              state !== null &&
              state.undoWindowUntil !== null && <Countdown until={state.undoWindowUntil} over="over" />,
            isWhole: true,
          },
        ]}
      />
    </section>
  );
}

function Runs({ state }: { readonly state: State }) {
  const { kind, words } = standingOfEnvironment(state);
  return (
    <StatusMark kind={kind}>
      {state !== null && state.promotionId !== null ? (
        <Link to="/promotions/$promotion" params={{ promotion: state.promotionId }}>
          {words}
        </Link>
      ) : (
        words
      )}
    </StatusMark>
  );
}

function Health({ state }: { readonly state: State }) {
  const health = healthOf(state);
  if (health === undefined) return null;
  return (
    <>
      <StatusMark kind={health.kind}>
        {health.words}
        {health.trouble !== undefined && `: ${health.trouble}`}
      </StatusMark>
      {health.drift !== undefined && (
        <div>
          <StatusMark kind="drifted">drift: {health.drift}</StatusMark>
        </div>
      )}
    </>
  );
}

function Closed({ closure }: { readonly closure: Closure | undefined }) {
  if (closure === undefined) return null;
  return (
    <StatusMark kind="held">
      {closure.kind === 'hold' ? 'held' : 'frozen'}: {closure.reason}
      {closure.until !== null && (
        <>
          , for <Countdown until={closure.until} over="a moment" />
        </>
      )}
    </StatusMark>
  );
}
