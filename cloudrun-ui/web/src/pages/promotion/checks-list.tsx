import type { Check } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { CodeText } from '../../text/code-text.tsx';
import { When } from '../../time/when.tsx';
import styles from './promotion-plan.module.css';

/** Every check: what was found, what was demanded, and by which evidence, with its age. */
export function ChecksList({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ul className={styles['checks']}>
      {checks.map(({ step, check, verdict, detail, threshold, evidence, forcedBy }) => (
        <li key={`${step} ${check} ${detail}`}>
          <StatusMark kind={kindOf(verdict)} isQuiet>
            {check}
          </StatusMark>{' '}
          <span>
            {detail}{' '}
            <span className="quiet">
              {threshold !== null && <>asked: {threshold}</>}
              {forcedBy !== null && <> · set aside by {forcedBy}</>}
            </span>
            {evidence.map(({ id, kind, source, collectedAt }) => (
              <span key={id} className={styles['evidence']}>
                {kind ?? 'evidence'} <CodeText length={20}>{id}</CodeText>
                {source !== null && <> of {source}</>}
                {collectedAt !== null && (
                  <>
                    , <When at={collectedAt} />
                  </>
                )}
              </span>
            ))}
          </span>
        </li>
      ))}
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
