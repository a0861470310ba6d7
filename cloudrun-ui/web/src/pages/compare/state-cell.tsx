import type { EnvironmentState } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';

/** What an application runs in an environment, and since when. */
export function StateCell({ state }: { readonly state: EnvironmentState | undefined }) {
  if (state === undefined) return <span className="quiet">no such environment</span>;
  if (state.release === null) return <StatusMark kind="idle">nothing</StatusMark>;
  return (
    <>
      <StatusMark kind={state.isBad ? 'failed' : state.verifiedAt === null ? 'waiting' : 'promoted'} isQuiet>
        {state.release}
        {state.isBad && ' (bad)'}
      </StatusMark>
      {state.deployedAt !== null && (
        <span className="quiet">
          {' '}
          <When at={state.deployedAt} />
        </span>
      )}
    </>
  );
}
