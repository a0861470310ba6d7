import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { permissionsQuery, type Permission } from '../../api/queries.ts';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import table from '../../table/table.module.css';

interface SettingsPartProps {
  readonly query: {
    readonly isPending: boolean;
    readonly isError: boolean;
    readonly error: unknown;
    readonly data: unknown;
    readonly refetch: () => unknown;
  };
  /** What one needs to be allowed to change anything here. */
  readonly permission: Permission;
  /** What the button says that adds one. */
  readonly action: string;
  readonly onAdd: () => void;
  /** What the last change was refused with. */
  readonly refusal: unknown;
  /** @param mayChange whether whoever looks may. */
  readonly children: (mayChange: boolean) => ReactNode;
}

/** One kind of what people declare: what there is, and one button for more of it, for whoever may. */
export function SettingsPart({ query, permission, action, onAdd, refusal, children }: SettingsPartProps) {
  const { data: permissions } = useQuery(permissionsQuery('*', '*'));
  // Roles may be for one application only; the server has the last word.
  const mayChange = permissions?.commands.includes(permission) !== false;
  return (
    <section className={table['section']}>
      <QueryError query={query} />
      {query.isPending ? <SkeletonRows count={2} /> : children(mayChange)}
      {refusal !== null && refusal !== undefined && <ErrorNotice error={refusal} />}
      {mayChange && (
        <Button size="xs" mt="sm" onClick={onAdd}>
          {action}
        </Button>
      )}
    </section>
  );
}
