import { useQuery } from '@tanstack/react-query';
import type { LogLine, Promotion } from '../../api/queries.ts';
import { QueryError } from '../../states/query-error.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import { MigrationRow } from './migration-row.tsx';
import { migrationsQuery } from './promotion-queries.ts';
import styles from './migration-panel.module.css';

interface MigrationPanelProps {
  readonly promotion: Promotion;
  readonly lines: readonly LogLine[];
}

const movingSteps: readonly string[] = ['migrate-database', 'contract-database'];

/** How far the migrations of a promotion have come, by statement; nothing for one that brings none. */
export function MigrationPanel({ promotion, lines }: MigrationPanelProps) {
  const step = promotion.steps.find(({ name }) => movingSteps.includes(name));
  const hasPlan = promotion.planHash !== null || promotion.kind === 'contract';
  // The step writes a line whenever another statement runs, which is when there is something new to ask for.
  const told = lines.findLast((line) => movingSteps.includes(line.step))?.seq ?? 0;
  const look = `${promotion.updatedAt} ${String(told)}`;
  const progress = useQuery({ ...migrationsQuery(promotion.id, look), enabled: step !== undefined && hasPlan });
  if (progress.data === undefined) return <QueryError query={progress} />;
  const { migrations, summary, trouble, at } = progress.data;
  if (migrations.length === 0) return null;
  const applied = migrations.filter(({ standing }) => standing === 'applied').length;
  return (
    <section aria-label="Migrations" className={styles['panel']}>
      <h2 className={styles['title']}>
        Migrations{' '}
        <span className="quiet">
          {applied} of {migrations.length} applied
          {summary !== null && <> · {summary}</>}
        </span>
      </h2>
      {trouble !== null && (
        <p>
          <StatusMark kind="waiting">Nobody can say how far they have come: {trouble}</StatusMark>
        </p>
      )}
      <ol className={styles['migrations']}>
        {migrations.map((migration) => (
          <MigrationRow key={migration.version} migration={migration} at={at} isOver={promotion.endedAt !== null} />
        ))}
      </ol>
    </section>
  );
}
