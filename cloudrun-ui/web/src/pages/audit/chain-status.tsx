import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { QueryError } from '../../states/query-error.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import { counted } from '../../text/counted.ts';
import { When } from '../../time/when.tsx';
import { auditStatusQuery, type AuditStatus } from './audit-query.ts';
import styles from './audit.module.css';

type Verified = NonNullable<AuditStatus['verified']>;

/** Whether the trail is what was written, up to which signed head, and when that was looked at. */
export function ChainStatus() {
  const status = useQuery(auditStatusQuery);
  if (status.isPending) {
    return (
      <p className={styles['status']} role="status" aria-busy="true">
        <StatusMark kind="running">Asking whether the trail holds</StatusMark>
      </p>
    );
  }
  if (status.data === undefined) return <QueryError query={status} />;
  const { verified } = status.data;
  if (verified === null) {
    return (
      <p className={styles['status']} role="status">
        <StatusMark kind="running">Computing every hash again</StatusMark>
      </p>
    );
  }
  return (
    <div className={styles['status']}>
      {/* The times beside it move on their own, and are not read out each time. */}
      <span role="status">
        <StatusMark kind={verified.holds ? 'promoted' : 'failed'}>
          {verified.holds
            ? `The trail holds: ${counted(verified.chains, 'chain')}, ${counted(verified.entries, 'entry', 'entries')}`
            : `The trail is not what was written: ${counted(verified.findings.length, 'finding')}`}
        </StatusMark>
      </span>{' '}
      <span className="quiet">
        verified <When at={verified.at} />,{' '}
        {verified.signedUpTo === null ? (
          'nothing is signed yet'
        ) : (
          <>
            up to the head that was signed <When at={verified.signedUpTo} />
          </>
        )}
        {verified.pruned > 0 && `, ${counted(verified.pruned, 'chain')} removed behind signed checkpoints`}
      </span>
      {!verified.holds && <Findings findings={verified.findings} />}
    </div>
  );
}

function Findings({ findings }: Pick<Verified, 'findings'>) {
  return (
    <>
      <ul>
        {findings.map(({ promotionId, seq, problem }) => (
          <li key={`${promotionId} ${String(seq)} ${problem}`}>
            {promotionId.startsWith('pr-') ? (
              <Link to="/promotions/$promotion" params={{ promotion: promotionId }}>
                {promotionId}
              </Link>
            ) : (
              promotionId
            )}
            {seq !== null && ` entry ${String(seq)}`}: {problem}
          </li>
        ))}
      </ul>
      <p>Keep the database and the signed heads as they are, and compare with a back-up.</p>
    </>
  );
}
