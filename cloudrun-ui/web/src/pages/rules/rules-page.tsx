import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { PageTitle } from '../../shell/page-title.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { WhereItFits } from '../../shell/where-it-fits.tsx';
import { CodeText } from '../../text/code-text.tsx';
import { PathRules } from './path-rules.tsx';
import { ProposalForm } from './proposal-form.tsx';
import { RoleMatrix } from './role-matrix.tsx';
import { rolesQuery, rulesQuery } from './rules-query.ts';

const RulesGraph = lazy(() => import('./rules-graph.tsx'));

/** What is demanded of whom. */
export function Page() {
  const rules = useQuery(rulesQuery);
  const roles = useQuery(rolesQuery);
  return (
    <>
      <PageTitle title="What the rules demand" />
      <QueryError query={rules} />
      {rules.isPending && <SkeletonRows count={8} />}
      {rules.data !== undefined && (
        <>
          <p className="quiet">
            As written in <CodeText>{rules.data.file}</CodeText>
          </p>
          <WhereItFits>
            <Suspense fallback={<SkeletonRows count={4} />}>
              <RulesGraph rules={rules.data} />
            </Suspense>
          </WhereItFits>
          {rules.data.paths.map((path) => (
            <PathRules key={`${path.from} ${path.to}`} path={path} />
          ))}
          <ProposalForm />
        </>
      )}
      <QueryError query={roles} />
      {roles.data !== undefined && <RoleMatrix roles={roles.data} />}
    </>
  );
}
