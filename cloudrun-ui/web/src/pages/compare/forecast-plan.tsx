import { StatusMark } from '../../status/status-mark.tsx';
import { countPlan } from '../promotion/count-plan.ts';
import { PlanChanges } from '../promotion/plan-changes.tsx';
import type { Comparison } from './compare-query.ts';

/** What promoting would change, part by part, and what of that cannot be undone. */
export function ForecastPlan({ forecast }: { readonly forecast: NonNullable<Comparison['forecast']> }) {
  if (forecast.kind === 'unknown') {
    return (
      <p>
        <StatusMark kind="waiting">Not known: {forecast.why}</StatusMark>
      </p>
    );
  }
  if (forecast.plan === null) return null;
  return (
    <>
      <p>{countPlan(forecast.plan)}</p>
      <PlanChanges plan={forecast.plan} />
      {forecast.plan.irreversible.map((each) => (
        <p key={each}>
          <StatusMark kind="waiting">Cannot be undone: {each}</StatusMark>
        </p>
      ))}
    </>
  );
}
