import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { StatusMark } from '../../status/status-mark.tsx';
import { DataTable } from '../../table/data-table.tsx';
import { When } from '../../time/when.tsx';
import { ChangeLines } from './change-lines.tsx';
import type { ChangeGroup } from './changed-query.ts';
import { outcomeOf } from './group-outcome.ts';

interface GroupTableProps {
  readonly groups: readonly ChangeGroup[];
  /** What can be done about one. */
  readonly actionOf: (group: ChangeGroup) => ReactNode;
}

/** A line for each promotion, and for what was recorded without one. */
export function GroupTable({ groups, actionOf }: GroupTableProps) {
  return (
    <DataTable
      caption="What changed, newest first"
      isCaptionHidden
      rows={groups}
      keyOf={({ application, environment, at, promotion }) => `${application} ${environment} ${promotion?.id ?? at}`}
      hasLinks
      columns={[
        { title: 'When', cell: ({ at }) => <When at={at} />, isWhole: true },
        {
          title: 'Where',
          cell: ({ application, environment }) => (
            <>
              <strong>{application}</strong> in {environment}
            </>
          ),
        },
        { title: 'What', cell: (group) => <What group={group} /> },
        { title: 'Changed', cell: ({ changes }) => <ChangeLines changes={changes} />, isProse: true },
        { title: 'By', cell: (group) => <By group={group} /> },
        { title: 'What can be done', isTitleHidden: true, isNumber: true, cell: actionOf },
      ]}
    />
  );
}

function What({ group }: { readonly group: ChangeGroup }) {
  const { kind, words } = outcomeOf(group);
  const mark = <StatusMark kind={kind}>{words}</StatusMark>;
  if (group.promotion === null) return mark;
  return (
    <Link to="/promotions/$promotion" params={{ promotion: group.promotion.id }}>
      {mark}
    </Link>
  );
}

function By({ group: { promotion, changedBy, saidBy } }: { readonly group: ChangeGroup }) {
  if (promotion === null) return nameOf(changedBy, saidBy ?? undefined);
  const { requestedBy, onBehalfOf, approvedBy, spokenFor, reason } = promotion;
  const name = (person: string): string => nameOf(person, spokenFor[person]);
  return (
    <>
      {name(requestedBy)}
      {onBehalfOf !== null && ` for ${onBehalfOf}`}
      {approvedBy.length > 0 && `, approved by ${approvedBy.map(name).join(', ')}`}
      {reason !== null && <div className="quiet">{reason}</div>}
    </>
  );
}

/** That somebody else spoke for a person is never left out. */
function nameOf(person: string, saidBy: string | undefined): string {
  return saidBy === undefined ? person : `${person} (unverified, said by ${saidBy})`;
}
