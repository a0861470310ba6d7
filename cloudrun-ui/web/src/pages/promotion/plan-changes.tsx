import type { ReactNode } from 'react';
import type { Plan } from '../../api/queries.ts';
import { ValueDiff } from '../../diff/value-diff.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import { CodeText } from '../../text/code-text.tsx';
import { PlanDatabase } from './plan-database.tsx';
import styles from './promotion-plan.module.css';
import { flagText } from '../../text/flag-text.ts';

/** Everything that a plan changes: images by digest, values, DDL, flags, commits; and how it does. */
export function PlanChanges({ plan }: { readonly plan: Plan }) {
  const { configuration, database, source, deployment, customSteps, leftOut, laneTerms, setAside } = plan;
  const flags = flagsOf(plan);
  return (
    <div className={styles['parts']}>
      {setAside.map(({ kind, by, reason }) => (
        <p key={`${kind} ${by}`}>
          <StatusMark kind="waiting">set aside: {kind}</StatusMark>{' '}
          <span className="quiet">
            by {by}: {reason}
          </span>
        </p>
      ))}
      <Part title="Images">
        <Images images={plan.images} />
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
          {configuration.redirectedTo !== null && (
            <p className="quiet">
              Committed to {configuration.redirectedTo.branch} of {configuration.redirectedTo.repository}, and not where
              the rules say
            </p>
          )}
        </Part>
      )}
      {database !== null && database.migrations.length + database.waiting.length > 0 && (
        <Part title="Database">
          <PlanDatabase database={database} />
        </Part>
      )}
      {flags.length > 0 && (
        <Part title="Flags">
          <List items={flags} />
        </Part>
      )}
      {deployment !== null && (
        <Part title="Deployment">
          {deployment.strategy} <span className="quiet">{deployment.detail}</span>
        </Part>
      )}
      {customSteps.length > 0 && (
        <Part title="Steps of your own">
          <List
            items={customSteps.map(({ name, does, undo }) => ({
              name,
              detail: `${does}; ${undo === null ? 'nothing undoes it' : `undone by: ${undo}`}`,
            }))}
          />
        </Part>
      )}
      {leftOut.length > 0 && (
        <Part title="Left out by the rules">
          <List items={leftOut.map(({ step, means }) => ({ name: step, detail: means }))} />
        </Part>
      )}
      {laneTerms.length > 0 && (
        <Part title="The emergency lane differs from the path">
          <List items={laneTerms.map((name) => ({ name, detail: '' }))} />
        </Part>
      )}
      <Commits title="Commits it brings" commits={source.gained} />
      <Commits title="Commits it loses" commits={source.lost} />
      {source.unknown !== null && <p className="quiet">Commits cannot be told: {source.unknown}</p>}
    </div>
  );
}

function flagsOf({ flags }: Plan): readonly Item[] {
  return [
    ...flags.added.map((name) => ({ name, detail: 'new' })),
    ...flags.changed.map((name) => ({ name, detail: 'defined anew' })),
    ...flags.switched.map(({ key, ...state }) => ({
      name: key,
      detail: flagText(state),
    })),
  ];
}

/** What changes first; what stays is counted. */
function Images({ images }: Pick<Plan, 'images'>) {
  const moved = images.filter(({ change }) => change !== 'same');
  const same = images.filter(({ change }) => change === 'same');
  return (
    <>
      <ul>
        {moved.map(({ service, digest, change, before }) => (
          <li key={service}>
            {service} <span className="quiet">{change}</span>{' '}
            {before !== null && (
              <>
                <CodeText>{before}</CodeText> →{' '}
              </>
            )}
            <CodeText>{digest}</CodeText>
          </li>
        ))}
      </ul>
      {same.length > 0 && (
        <details>
          <summary className="quiet">
            {same.length} the same: {same.map(({ service }) => service).join(', ')}
          </summary>
          <ul>
            {same.map(({ service, digest }) => (
              <li key={service}>
                {service} <CodeText>{digest}</CodeText>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Commits({ title, commits }: { readonly title: string; readonly commits: Plan['source']['gained'] }) {
  if (commits.length === 0) return null;
  return (
    <Part title={title}>
      <ul>
        {commits.map(({ commit, subject, tickets, changeRequests }) => (
          <li key={commit}>
            <CodeText length={12}>{commit}</CodeText> {subject}{' '}
            <span className="quiet">{[...changeRequests, ...tickets].join(', ')}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

interface Item {
  readonly name: string;
  readonly detail: string;
}

function List({ items }: { readonly items: readonly Item[] }) {
  return (
    <ul>
      {items.map(({ name, detail }) => (
        <li key={`${name} ${detail}`}>
          {name} <span className="quiet">{detail}</span>
        </li>
      ))}
    </ul>
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
