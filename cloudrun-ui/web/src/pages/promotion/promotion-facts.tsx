import { Link } from '@tanstack/react-router';
import type { Promotion } from '../../api/queries.ts';
import { statusOfState } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { CodeText } from '../../text/code-text.tsx';
import { toSentence } from '../../text/to-sentence.ts';
import { formatDuration } from '../../time/format-duration.ts';
import { When } from '../../time/when.tsx';
import styles from './promotion-facts.module.css';
import { WaitingLine } from './waiting-line.tsx';

/** The first answer: how it stands, what it waits for and since when, who asked and why. */
export function PromotionFacts({ promotion }: { readonly promotion: Promotion }) {
  const { waiting } = promotion;
  return (
    <div className={styles['facts']}>
      <p className={styles['state']}>
        <StatusMark kind={statusOfState(promotion.state, waiting !== null)}>
          {toSentence(promotion.stateText)}
        </StatusMark>
        {promotion.isDryRun && <span className="quiet"> dry run: nothing is changed</span>}
        {promotion.lane === 'hotfix' && <span className="quiet"> hotfix lane</span>}
      </p>
      {waiting !== null && (
        <p>
          <WaitingLine waiting={waiting} />
          {promotion.queue !== null && promotion.queue.position > 1 && <>, place {promotion.queue.position} in line</>}.
        </p>
      )}
      {promotion.goneRun !== null && (
        <p>
          Whoever ran it has been silent for {formatDuration(promotion.goneRun.silentSeconds * 1000)}; another run takes
          it over <When at={promotion.goneRun.takeOverAt} />.
        </p>
      )}
      <p className="quiet">
        <CodeText>{promotion.id}</CodeText> · {promotion.requestedBy}
        {promotion.onBehalfOf !== null && <> on behalf of {promotion.onBehalfOf}</>} asked{' '}
        <When at={promotion.createdAt} />
        {promotion.endedAt !== null && (
          <>
            {' '}
            · took{' '}
            {formatDuration(
              new Date(promotion.endedAt).getTime() - new Date(promotion.createdAt).getTime() - promotion.layFailedMs,
            )}
          </>
        )}
        {promotion.reason !== null && <> · “{promotion.reason}”</>}
        {promotion.endedAt !== null && (
          <>
            {' '}
            ·{' '}
            <Link to="/audit/report" search={{ promotion: promotion.id }}>
              Compliance report
            </Link>
          </>
        )}
      </p>
      {promotion.rollbackOf !== null && <Of words="Takes back" id={promotion.rollbackOf} />}
      {promotion.contractOf !== null && <Of words="Runs the contract migrations of" id={promotion.contractOf} />}
      {promotion.overrides.map(({ kind, by, reason, at }) => (
        <p key={`${kind} ${at}`}>
          <StatusMark kind="waiting">set aside: {kind}</StatusMark>{' '}
          <span className="quiet">
            by {by}: {reason}
          </span>
        </p>
      ))}
      {promotion.rollback !== null && (
        <p className="quiet">
          {promotion.rollback.trigger === 'automatic' ? (
            <>
              Taken back by itself <When at={promotion.rollback.at} />
            </>
          ) : (
            <>
              {promotion.rollback.requestedBy} had it taken back <When at={promotion.rollback.at} />:{' '}
              {promotion.rollback.reason}
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Of({ words, id }: { readonly words: string; readonly id: string }) {
  return (
    <p className="quiet">
      {words}{' '}
      <Link to="/promotions/$promotion" params={{ promotion: id }}>
        {id}
      </Link>
    </p>
  );
}
