import { Link } from '@tanstack/react-router';
import type { components } from '../../api/schema.gen.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import table from '../../table/table.module.css';

type Judged = components['schemas']['JudgedProposal'];
type Would = NonNullable<Judged['replay']>['otherwise'][number]['would'];

const words: Readonly<Record<Would, string>> = {
  refused: 'would have been refused',
  'let-through': 'would have been let through',
  waiting: 'would have waited for more',
  unknown: 'cannot be told',
};

/** What is wrong with proposed rules or, where nothing is, what they would have changed. */
export function ProposalJudgement({ judged }: { readonly judged: Judged }) {
  if (!judged.isUsable) {
    return (
      <ul>
        {judged.problems.map(({ line, column, message, suggestion }) => (
          <li key={`${String(line)} ${String(column)} ${message}`}>
            <StatusMark kind="failed">
              line {line}, column {column}
            </StatusMark>{' '}
            {message}
            {suggestion !== null && <span className="quiet"> {suggestion}</span>}
          </li>
        ))}
      </ul>
    );
  }
  if (judged.replay === null) return <p>These rules can be used; there is no promotion to judge by them.</p>;
  const { counts, otherwise, unknown } = judged.replay;
  return (
    <>
      <p>
        {counts.asBefore} decided as before, {counts.refused} refused that went through, {counts.letThrough} let through
        that were refused, {counts.waiting} waiting for more, {counts.unknown} that cannot be told.
      </p>
      {otherwise.length + unknown.length > 0 && (
        <table className={table['table']}>
          <caption>Decided otherwise</caption>
          <tbody>
            {[...otherwise, ...unknown].map(({ id, application, release, from, to, would }) => (
              <tr key={id} data-row="">
                <td>
                  <Link to="/promotions/$promotion" params={{ promotion: id }}>
                    {application} {release}
                  </Link>
                </td>
                <td>
                  {from} → {to}
                </td>
                <td>{words[would]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
