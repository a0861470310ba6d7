import { useQuery } from '@tanstack/react-query';
import { PageTitle } from '../../shell/page-title.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { CodeText } from '../../text/code-text.tsx';
import { PathRules } from './path-rules.tsx';
import { ProposalForm } from './proposal-form.tsx';
import { RoleMatrix } from './role-matrix.tsx';
import { rolesQuery, rulesQuery } from './rules-query.ts';

/** What is demanded of whom. */
export function Page() {
  const rules = useQuery(rulesQuery);
  const roles = useQuery(rolesQuery);
  return (
    <>
      <PageTitle title="What the rules demand" />
      {rules.isError && <ErrorNotice error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.isPending && <SkeletonRows count={8} />}
      {rules.data !== undefined && (
        <>
          <p className="quiet">
            As written in <CodeText>{rules.data.file}</CodeText>
          </p>
          {rules.data.paths.map((path) => (
            <PathRules key={`${path.from} ${path.to}`} path={path} />
          ))}
          <ProposalForm />
        </>
      )}
      {roles.data !== undefined && <RoleMatrix roles={roles.data} />}
    </>
  );
}
