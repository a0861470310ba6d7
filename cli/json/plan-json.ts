import type { Plan } from '../../engine/promotion-service.ts';
import { planToShow } from './plan-body.ts';

/** A plan with everything that people look at; absent things are null. Null: there is none that this version can read. */
export function planJson(plan: Plan | undefined) {
  const shown = planToShow(plan);
  if (plan === undefined || shown === undefined) return null;
  const { images, configuration, database, source, deployment, customSteps, lane, target, ...rest } = shown;
  return {
    hash: plan.hash,
    images: images.map(({ service, digest, change, before }) => ({ service, digest, change, before: before ?? null })),
    configuration: {
      redirectedTo: configuration.redirectedTo ?? null,
      changes: configuration.changes.map(({ path, before, after }) => ({ path, before: before ?? null, after })),
    },
    database: database ?? null,
    source: { gained: source.gained, lost: source.lost, unknown: source.unknown ?? null },
    deployment: deployment ?? null,
    customSteps: customSteps.map(({ name, does, undo }) => ({ name, does, undo: undo ?? null })),
    lane: lane ?? null,
    target: { release: target.release ?? null },
    flags: rest.flags,
    leftOut: rest.leftOut,
    laneTerms: rest.laneTerms,
    setAside: rest.setAside,
    irreversible: rest.irreversible,
  };
}
