import { Link } from '@tanstack/react-router';
import type { PromotionSummary } from '../api/queries.ts';
import type { PipelinePath } from '../pages/pipelines/pipeline-query.ts';
import { StatusMark } from '../status/status-mark.tsx';
import { When } from '../time/when.tsx';
import { useNow } from '../time/use-now.ts';
import styles from './promote-form.module.css';

interface PathFactsProps {
  readonly path: PipelinePath;
  /** Of the application, wherever to. */
  readonly running: readonly PromotionSummary[];
  /** The release that is chosen, where it runs there already. */
  readonly nothingToMove: string | undefined;
}

/** What will keep it waiting along this way, before anybody asks. */
export function PathFacts({ path, running, nothingToMove }: PathFactsProps) {
  const now = useNow();
  const { candidate, approvals, changesAt } = path;
  const ahead = running.filter(({ to, isDryRun }) => to === path.to && !isDryRun);
  const soaks = candidate !== null && new Date(candidate.soakedAt) > now;
  return (
    <ul className={styles['facts']} aria-label="What it will wait for">
      {!path.mayPromote && (
        <li>
          <StatusMark kind="held">You may look, and not promote to {path.to}: an admin gives roles</StatusMark>
        </li>
      )}
      {nothingToMove !== undefined && (
        <li>
          <StatusMark kind="idle">
            {nothingToMove} runs in {path.to} already: choose another release, or say below that it moves once more
          </StatusMark>
        </li>
      )}
      {!path.isOpen && (
        <li>
          <StatusMark kind="held">{path.reason ?? `${path.to} is closed`}</StatusMark>
          {changesAt !== null && (
            <span className="quiet">
              {' '}
              · opens <When at={changesAt} />
            </span>
          )}
        </li>
      )}
      {soaks && (
        <li>
          <StatusMark kind="waiting">
            {candidate.release} soaks in {path.from}, ready <When at={candidate.soakedAt} />
          </StatusMark>
        </li>
      )}
      {ahead.map(({ id, release }) => (
        <li key={id}>
          <StatusMark kind="running">
            <Link to="/promotions/$promotion" params={{ promotion: id }}>
              {release}
            </Link>{' '}
            is on its way there; this one queues behind it
          </StatusMark>
        </li>
      ))}
      {approvals.length > 0 ? (
        <li>
          <StatusMark kind="waiting">Waits for the approval of {stagesText(approvals)}</StatusMark>
        </li>
      ) : (
        <li>
          <StatusMark kind="promoted" isQuiet>
            No approval is asked for along this way
          </StatusMark>
        </li>
      )}
      {path.hasCanary && (
        <li>
          <StatusMark kind="idle" isQuiet>
            Goes to a few customers first
          </StatusMark>
        </li>
      )}
    </ul>
  );
}

function stagesText(stages: PipelinePath['approvals']): string {
  return stages
    .map(({ stage, minimum }) => (minimum === 1 ? stage : `${String(minimum)} of ${stage}`))
    .join(', then of ');
}
