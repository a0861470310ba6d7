import { z } from 'zod';
import { newestGoodRelease } from '../deployment/newest-good-release.ts';
import type { Migration, Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { mayHaveChangedTarget, mayHaveEffects } from '../workflow/decide.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { changePromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/** What stands between an environment and the release that ran there before. */
export interface ContractsInTheWay {
  /** Contract migrations that ran by themselves and removed what that release needs, ascending. */
  readonly migrations: readonly Migration[];
  readonly returnTo: Release | undefined;
}

const decidedSchema = z.looseObject({ migrations: z.array(z.number()) });

/** What ran since the undo window of a promotion's release was over, and that the release before cannot do without. */
export async function findContractsInTheWay(
  context: ServiceContext,
  original: PromotionRecord,
  release: Release,
): Promise<ContractsInTheWay> {
  const deployed = await context.store.deployedReleases(original.application, original.toEnvironment);
  const returnTo = newestGoodRelease(deployed, release.id)?.release;
  const arrivedAt = deployed.find((each) => each.release.id === release.id)?.deployedAt;
  if (returnTo === undefined || arrivedAt === undefined) return { migrations: [], returnTo };
  const versions = new Set(
    (await contractRuns(context, original)).flatMap((run) => {
      const contract = run.steps.find(({ name }) => name === 'contract-database');
      const decided = run.steps.find(({ name }) => name === 'validate-contract')?.output;
      if (contract?.startedAt === undefined || contract.startedAt < arrivedAt || !mayHaveEffects(contract)) return [];
      return decidedSchema.parse(decided ?? { migrations: [] }).migrations;
    }),
  );
  const newest = returnTo.content.database?.schemaRange.max ?? 0;
  const migrations = (release.content.database?.migrations ?? []).filter(
    ({ version }) => versions.has(version) && version > newest,
  );
  return { migrations, returnTo };
}

/** @throws RefusedError when what is in the way cannot be undone, or only with a loss that nobody accepted. */
export function refuseIrreversible(
  { migrations, returnTo }: ContractsInTheWay,
  environment: string,
  acceptsDataLoss: boolean,
): void {
  if (migrations.length === 0 || returnTo === undefined) return;
  const why = (of: readonly Migration[]): string => {
    const names = of.map(({ version, name }) => `${String(version)} (${name})`).join(', ');
    return `the undo window is over, and contract migration ${names} has removed what ${returnTo.name} needs in ${environment}`;
  };
  const endless = migrations.filter(({ down }) => down === undefined);
  if (endless.length > 0) {
    throw new RefusedError(`${why(endless)}, with no way back; promote a release that mends it`);
  }
  const lossy = migrations.filter(({ downLosesData }) => downLosesData);
  if (lossy.length > 0 && !acceptsDataLoss) {
    throw new RefusedError(
      `${why(lossy)}: undoing that loses values. Promote a release that mends it, or promote rollback with --accept-loss.`,
    );
  }
}

/**
 * Ends the contract runs that wait in the environment of a promotion that is to be taken back: what they would remove is
 * needed again.
 * @throws RefusedError when one runs right now; nothing takes it back half-way.
 */
export async function withholdContracts(
  context: ServiceContext,
  actor: Actor,
  original: PromotionRecord,
): Promise<void> {
  const waiting = (await contractRuns(context, original)).filter(
    ({ state, rollback }) => !isEndState(state) && rollback === undefined,
  );
  for (const { id } of waiting) {
    await changePromotion(context, id, (draft) => {
      const { record } = draft;
      if (isEndState(record.state) || record.rollback !== undefined) return;
      if (mayHaveChangedTarget(record)) {
        throw new RefusedError(`${id} runs the contract migrations of ${record.toEnvironment} right now; wait for it`);
      }
      const reason = `${original.id} is taken back`;
      const request = { trigger: 'cancel', reason, requestedBy: actor.id, at: context.clock.now() } as const;
      draft.requestRollback({ ...request, acceptsDataLoss: false }, actor);
      draft.makeDue();
    });
  }
}

function contractRuns(context: ServiceContext, original: PromotionRecord): Promise<readonly PromotionRecord[]> {
  const { application, toEnvironment: environment } = original;
  return context.store.listPromotions({ application, environment, kinds: ['contract'], limit: 100 });
}
