import type { ReactNode } from 'react';
import type { Plan } from '../../api/queries.ts';
import { ValueDiff } from '../../diff/value-diff.tsx';
import { CodeText } from '../../text/code-text.tsx';
import styles from './promotion-plan.module.css';

/** Everything a plan changes: images by digest, values, DDL, flags, commits. */
export function PlanChanges({ plan }: { readonly plan: Plan }) {
  const { images, configuration, database, flags, source } = plan;
  const flagged = [
    ...flags.added.map((key) => ({ key, what: 'new' })),
    ...flags.changed.map((key) => ({ key, what: 'defined anew' })),
    ...flags.switched.map(({ key, isEnabled, percentage }) => ({
      key,
      what: isEnabled ? `on for ${String(percentage)} %` : 'off',
    })),
  ];
  return (
    <div className={styles['parts']}>
      <Part title="Images">
        <ul>
          {images.map(({ service, digest, change, before }) => (
            <li key={service}>
              {service} <span className="quiet">{change}</span>{' '}
              {before !== null && change === 'changed' && (
                <>
                  <CodeText>{before}</CodeText> →{' '}
                </>
              )}
              <CodeText>{digest}</CodeText>
            </li>
          ))}
        </ul>
      </Part>
      {configuration.changes.length > 0 && (
        <Part title="Configuration">
          <ValueDiff
            changes={configuration.changes.map(({ path, before, after }) => ({
              setting: path,
              before: before === null ? null : String(before),
              after: after === null ? null : String(after),
            }))}
            sides={['Now', 'Then']}
          />
        </Part>
      )}
      {database !== null && database.migrations.length > 0 && (
        <Part title="Database">
          {database.migrations.map(({ version, name, kind, statements }) => (
            <div key={version}>
              {version} {name} <span className="quiet">{kind}</span>
              <pre className={styles['code']} tabIndex={0} aria-label={`Statements of ${name}`}>
                {statements.join('\n')}
              </pre>
            </div>
          ))}
        </Part>
      )}
      {flagged.length > 0 && (
        <Part title="Flags">
          <ul>
            {flagged.map(({ key, what }) => (
              <li key={`${key} ${what}`}>
                {key} <span className="quiet">{what}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Commits title="Commits it brings" commits={source.gained} />
      <Commits title="Commits it loses" commits={source.lost} />
    </div>
  );
}

function Commits({ title, commits }: { readonly title: string; readonly commits: Plan['source']['gained'] }) {
  if (commits.length === 0) return null;
  return (
    <Part title={title}>
      <ul>
        {commits.map(({ commit, subject, tickets }) => (
          <li key={commit}>
            <CodeText length={12}>{commit}</CodeText> {subject} <span className="quiet">{tickets.join(', ')}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
