import type { Check } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import styles from './promotion-plan.module.css';

/** Every check: what was found, what was demanded, and how old the evidence is. */
export function ChecksList({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ul className={styles['checks']}>
      {checks.map(({ step, check, verdict, detail, threshold, evidence, forcedBy }) => {
        const collectedAt = evidence.find((each) => each.collectedAt !== null)?.collectedAt;
        return (
          <li key={`${step} ${check}`}>
            <StatusMark kind={kindOf(verdict)} isQuiet>
              {check}
            </StatusMark>{' '}
            <span>
              {detail}{' '}
              <span className="quiet">
                {threshold !== null && <>asked: {threshold}</>}
                {collectedAt !== undefined && collectedAt !== null && (
                  <>
                    {' '}
                    · evidence from <When at={collectedAt} />
                  </>
                )}
                {forcedBy !== null && <> · set aside by {forcedBy}</>}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function kindOf(verdict: string): StatusKind {
  switch (verdict) {
    case 'pass':
      return 'promoted';
    case 'warn':
      return 'waiting';
    case 'fail':
      return 'failed';
    default:
      return 'ended';
  }
}
