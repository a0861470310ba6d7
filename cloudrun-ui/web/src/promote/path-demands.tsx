import { useQuery } from '@tanstack/react-query';
import type { PipelinePath } from '../pages/pipelines/pipeline-query.ts';
import { QueryError } from '../states/query-error.tsx';
import { demandsQuery } from './demands-query.ts';
import { groupDemands } from './group-demands.ts';
import styles from './promote-form.module.css';

interface PathDemandsProps {
  readonly application: string;
  readonly path: PipelinePath;
}

/** What the rules ask for along a way: gates with their thresholds, checklist, approvers, windows; before anybody asks. */
export function PathDemands({ application, path }: PathDemandsProps) {
  const demands = useQuery(demandsQuery(application, path.from, path.to));
  const groups = groupDemands(demands.data?.settings ?? []);
  const gates = groups.find(({ title }) => title === 'Gates')?.words.length ?? 0;
  const items = groups.find(({ title }) => title === 'Checklist')?.words.length ?? 0;
  return (
    <details className={styles['demands']}>
      <summary>
        What the rules ask for
        {demands.data !== undefined && (
          <span className="quiet">
            {' '}
            {gates} {gates === 1 ? 'gate' : 'gates'}
            {items > 0 && <>, {items} on the checklist</>}
          </span>
        )}
      </summary>
      <QueryError query={demands} />
      <dl>
        {groups.map(({ title, words }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <ul>
                {words.map((each) => (
                  <li key={each}>{each}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
