import { useQueries, useQuery } from '@tanstack/react-query';
import { promotionQuery, type EnvironmentState } from '../../api/queries.ts';
import { DiffPart } from '../../diff/diff-part.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { comparisonQuery, statesQuery, type Pair } from './compare-query.ts';
import { comparedParts, type SetAside } from './compared-parts.ts';
import { ForecastSection } from './forecast-section.tsx';
import { StandingTable } from './standing-table.tsx';

/** Two environments of one application, part by part, and what promoting would change. */
export function OneApplication({ pair }: { readonly pair: Pair }) {
  const comparison = useQuery(comparisonQuery(pair));
  const states = useQuery(statesQuery(pair.application));
  const of = (environment: string): EnvironmentState | undefined =>
    states.data?.environments.find((each) => each.environment === environment);
  const [from, to] = [of(pair.from), of(pair.to)];
  const setAside = useSetAside([from, to], states.isSuccess);
  if (comparison.isPending) return <SkeletonRows count={12} />;
  if (comparison.data === undefined) return <QueryError query={comparison} />;
  const parts = comparedParts(comparison.data, setAside);
  return (
    <>
      <QueryError query={comparison} />
      <QueryError query={states} />
      <StandingTable comparison={comparison.data} from={from} to={to} />
      {parts.map((part) => (
        <DiffPart key={part.title} part={part} sides={[pair.from, pair.to]} />
      ))}
      <ForecastSection comparison={comparison.data} />
    </>
  );
}

/** What was set aside for what runs on either side: its promotion says so. */
function useSetAside(
  states: readonly [EnvironmentState | undefined, EnvironmentState | undefined],
  isKnown: boolean,
): { readonly from: readonly SetAside[] | undefined; readonly to: readonly SetAside[] | undefined } {
  const ids = states.map((state) => state?.promotionId ?? null);
  const promotions = useQueries({
    queries: ids.map((id) => ({ ...promotionQuery(id ?? ''), enabled: id !== null })),
  });
  const [from, to] = ids.map((id, index) => {
    if (id === null) return isKnown ? [] : undefined;
    return promotions[index]?.data?.promotion.overrides;
  });
  return { from, to };
}
