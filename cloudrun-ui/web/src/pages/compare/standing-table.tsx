import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EnvironmentState } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import table from '../../table/table.module.css';
import { healthOf } from './health-of.ts';
import type { Comparison, Side } from './compare-query.ts';
import styles from './compare.module.css';

interface StandingTableProps {
  readonly comparison: Comparison;
  /** What is remembered of either side; undefined: nothing, or it is on its way. */
  readonly from: EnvironmentState | undefined;
  readonly to: EnvironmentState | undefined;
}

/** What runs on either side, since when, by which promotion, and how it does now. */
export function StandingTable({ comparison, from, to }: StandingTableProps) {
  const { from: here, to: there, at } = comparison;
  return (
    <table className={`${table['table'] ?? ''} ${styles['standing'] ?? ''}`}>
      <caption>
        {comparison.application}, as found <When at={at} />
      </caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{here.environment}</th>
          <th scope="col">{there.environment}</th>
        </tr>
      </thead>
      <tbody>
        <Row title="Runs">
          <Running side={here} state={from} />
          <Running side={there} state={to} />
        </Row>
        <Row title="Since">
          <Moment at={from?.deployedAt} otherwise="not known" />
          <Moment at={to?.deployedAt} otherwise="not known" />
        </Row>
        <Row title="Verified">
          <Moment at={from?.verifiedAt} otherwise="not yet" />
          <Moment at={to?.verifiedAt} otherwise="not yet" />
        </Row>
        <Row title="Health">
          <Health side={here} />
          <Health side={there} />
        </Row>
      </tbody>
    </table>
  );
}

function Row({ title, children }: { readonly title: string; readonly children: readonly [ReactNode, ReactNode] }) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>{children[0]}</td>
      <td>{children[1]}</td>
    </tr>
  );
}

function Running({ side, state }: { readonly side: Side; readonly state: EnvironmentState | undefined }) {
  const release = side.deployment.phase === null ? state?.release : (side.deployment.release ?? state?.release);
  const id = state?.promotionId ?? null;
  if (release === null || release === undefined) return 'nothing';
  return (
    <>
      {id === null ? (
        release
      ) : (
        <Link to="/promotions/$promotion" params={{ promotion: id }}>
          {release}
        </Link>
      )}
      {state?.isBad === true && <StatusMark kind="failed">bad</StatusMark>}
      {state?.isHotfix === true && <span className="quiet"> hotfix</span>}
    </>
  );
}

function Moment({ at, otherwise }: { readonly at: string | null | undefined; readonly otherwise: string }) {
  return at === null || at === undefined ? <span className="quiet">{otherwise}</span> : <When at={at} />;
}

function Health({ side }: { readonly side: Side }) {
  const { kind, words } = healthOf(side);
  return (
    <StatusMark kind={kind} isQuiet={kind === 'promoted'}>
      {words}
    </StatusMark>
  );
}
