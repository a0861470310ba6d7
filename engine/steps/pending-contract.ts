import { contractStanding, type ContractStanding } from '../database/contract-standing.ts';
import type { Migration } from '../release.ts';
import type { StepContext } from '../workflow/step-definition.ts';

/** Whether the contract migrations of a step's promotion may run, as things are now. */
export async function standingOfContract(context: StepContext<unknown>): Promise<ContractStanding> {
  const { promotion, queries, clock } = context;
  const { target, contractAfterSeconds } = promotion.definition;
  const [running] = await queries.deployedReleases(promotion.application, target.name);
  // As it is stored now: it may have been marked bad since the run began.
  const release = running?.release.id === context.release.id ? running.release : context.release;
  return contractStanding(release, running, contractAfterSeconds, clock.now());
}

/** The migrations of the release that have not run in its target, in their order. */
export async function pendingContract(context: StepContext<unknown>): Promise<readonly Migration[]> {
  const { promotion, release, ports, effect } = context;
  const { database } = promotion.definition.target;
  if (database === undefined) return [];
  const { applied } = await ports.database.state(database, effect.signal);
  const known = new Set(applied.map(({ version }) => version));
  return (release.content.database?.migrations ?? []).filter(({ version }) => !known.has(version));
}
