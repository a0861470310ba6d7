import { buildPlan } from '../plan/build-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Path, Rules } from '../rules/schema.ts';
import type { Release } from '../release.ts';
import { compileDefinition } from '../workflow/compile-definition.ts';
import { causeText } from '../wording/cause-text.ts';
import type { ServiceContext } from './service-context.ts';

/** What promoting what runs at the beginning of a path would change at its end, as both are now. */
export type PromotionForecast =
  | { readonly kind: 'planned'; readonly release: string; readonly plan: Plan }
  | { readonly kind: 'unknown'; readonly release: string; readonly why: string };

/**
 * The plan that a promotion along a path would be approved by; nothing is asked for and nothing is stored. What a gate
 * would say of it is not in it.
 */
export async function forecastPromotion(
  { store, steps, ports, clock }: ServiceContext,
  rules: Rules,
  path: Path,
  release: Release,
  signal: AbortSignal,
): Promise<PromotionForecast> {
  try {
    const definition = compileDefinition(rules, path, release.application, steps, false);
    const [running] = await store.deployedReleases(release.application, path.to);
    const request = { application: release.application, release, definition, ports, running, now: clock.now(), signal };
    return { kind: 'planned', release: release.name, plan: (await buildPlan(request)).plan };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'unknown', release: release.name, why: causeText(error) };
  }
}
