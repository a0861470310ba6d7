import type { Plan } from '../../api/queries.ts';
import { formatDuration } from '../../time/format-duration.ts';
import styles from './promotion-plan.module.css';

/** The DDL that runs now, and what runs by itself later, with what each means for the release that runs. */
export function PlanDatabase({ database }: { readonly database: NonNullable<Plan['database']> }) {
  const { migrations, waiting, undoWindowSeconds } = database;
  return (
    <>
      {migrations.map(({ version, name, kind, statements }) => (
        <div key={version}>
          {version} {name} <span className="quiet">{meaning[kind]}</span>
          <pre className={styles['code']} tabIndex={0} aria-label={`Statements of ${name}`}>
            {statements.join('\n')}
          </pre>
        </div>
      ))}
      {waiting.length > 0 && (
        <p>
          {formatDuration(undoWindowSeconds * 1000)} after it is verified, when the undo window is over, by itself:{' '}
          {waiting.map(({ version, name, kind }) => `${String(version)} ${name} (${kind})`).join(', ')}
        </p>
      )}
    </>
  );
}

const meaning: Readonly<Record<'expand' | 'contract', string>> = {
  expand: 'expand: suits the release that runs, too',
  contract: 'contract: removes what only older releases need',
};
