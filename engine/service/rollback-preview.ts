import { z } from 'zod';
import type { Release } from '../release.ts';
import { leavesOut } from '../workflow/left-out.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { ranThereBefore } from '../workflow/ran-there-before.ts';
import { isEndState } from '../workflow/state.ts';
import { keptBackUpFolder } from '../steps/back-up-folder.ts';
import { chooseRollback, type RollbackChoice } from './choose-rollback.ts';
import { findContractsInTheWay, refuseIrreversible } from './contracts-in-the-way.ts';
import { forecastUndo, type ForecastStep } from './rollback-forecast.ts';
import type { RollbackCommand } from './rollback.ts';
import type { SchemaOutlook } from './rollback-target.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError } from './service-errors.ts';
import { planUndoneMigrations } from './undone-migrations.ts';

/** What a rollback will do, said before anything runs. */
export interface RollbackPreview {
  readonly promotion: PromotionRecord;
  /** The release that goes. */
  readonly release: Release;
  /** The release that returns; undefined: nothing was ever verified there before. */
  readonly returnsTo: string | undefined;
  /** Every promotion that is taken back, newest first. */
  readonly takesBack: readonly string[];
  /** Steps that are undone, in the order in which they are. */
  readonly undone: readonly ForecastStep[];
  /** How the schema follows; undefined: there is no database, or it goes back with its rows. */
  readonly schema: SchemaOutlook | undefined;
  /** With the database's back-up: what is discarded. */
  readonly discards: DiscardedWrites | undefined;
  /** Why `--restore-database` would be refused; undefined: it would not be, or there is no database. */
  readonly restoreRefused: string | undefined;
  /** What no rollback takes back, in words. */
  readonly irreversible: readonly string[];
  /** Whether everything stops for a moment while the database goes back. */
  readonly stops: boolean;
  /** A promotion that only waits for health and is stopped first. */
  readonly preempts: string | undefined;
  /** How long the last rollback of its kind took there, from the request to its end. */
  readonly lastTookMs: number | undefined;
  /** The promotion that does it already; asking once more only watches it. */
  readonly underWay: string | undefined;
  /** Other environments that run the release, which will be marked bad. */
  readonly alsoRunsIn: readonly string[];
  /** Whether nothing is promoted there by itself until somebody resumes it. */
  readonly pausesAutoPromotion: boolean;
}

/** Writes that are lost when a back-up is put back. */
export interface DiscardedWrites {
  /** When the back-up was taken: what was written since then is lost. */
  readonly since: Date;
  readonly minutes: number;
  /** What the back-up holds. */
  readonly rowsInBackUp: number;
}

export type RollbackQuestion = Omit<RollbackCommand, 'reason'>;

const backUpDocumentSchema = z.looseObject({
  database: z.looseObject({ takenAt: z.iso.datetime(), rows: z.number() }).nullable(),
});
const planBodySchema = z.looseObject({ irreversible: z.array(z.string()).default([]) });

/** Reads only. @throws what the rollback itself would be refused with, as far as it can be known before. */
export async function previewRollback(context: ServiceContext, question: RollbackQuestion): Promise<RollbackPreview> {
  const { store, clock } = context;
  const choice = await chooseRollback(context, question);
  const { promotion, takesBack, returnsTo, holder } = choice;
  const { application, toEnvironment } = promotion;
  const restores = question.restoresDatabase === true;
  const release = await store.loadRelease(promotion.releaseId);
  if (release === undefined) throw new NotFoundError(`release ${promotion.releaseId} is not in the store`);
  if (choice.kind === 'undo' && choice.to === undefined && !restores) {
    const inTheWay = await findContractsInTheWay(context, promotion, release);
    refuseIrreversible(inTheWay, toEnvironment, question.acceptsDataLoss ?? false);
  }
  const schema = restores ? undefined : await schemaOutlook(context, choice, question);
  const oldest = takesBack.at(-1) ?? promotion;
  const plans = await plansOf(context, takesBack);
  const stops =
    restores ||
    promotion.definition.steps.some(({ name, config }) => name === 'deploy' && config['strategy'] === 'recreate') ||
    (choice.to !== undefined && schema?.kind === 'revert' && schema.migrations.some(({ kind }) => kind === 'contract'));
  const environments = await store.environments(application);
  const taken = new Set(takesBack.map(({ id }) => id));
  const deployed = await store.deployedReleases(application, toEnvironment);
  return {
    promotion,
    release,
    returnsTo: returnsTo?.release.name,
    takesBack: [...taken],
    undone: forecastUndo({
      promotion,
      takesBack,
      release,
      returnsTo: returnsTo?.release.name,
      schema,
      restoresDatabase: restores,
      stops,
      plans,
      ranThereBefore: ranThereBefore(deployed, promotion),
    }),
    schema,
    discards: restores ? await discardedWrites(context, oldest, clock.now()) : undefined,
    restoreRefused: restoreRefused(oldest),
    irreversible: irreversibleParts(plans),
    stops,
    preempts: preempted(holder, promotion),
    lastTookMs: await store.history.lastRollbackMs(
      application,
      toEnvironment,
      isEndState(promotion.state) ? 'rollback' : 'promote',
    ),
    underWay: choice.underWay,
    alsoRunsIn: environments
      .filter((each) => each.name !== toEnvironment && each.release?.id === release.id)
      .map(({ name }) => name),
    pausesAutoPromotion: promotion.definition.rollback.pausesAutoPromotion !== false,
  };
}

function schemaOutlook(
  context: ServiceContext,
  choice: RollbackChoice,
  question: RollbackQuestion,
): Promise<SchemaOutlook | undefined> {
  const isNew = choice.kind !== 'under-way';
  if (question.undoesMigrations === true && isNew) return planUndoneMigrations(context, choice, question);
  return Promise.resolve(choice.returnsTo?.standing.schema);
}

/** @throws NotFoundError when nobody can say what would be lost: a person must be told before it is. */
async function discardedWrites(
  { ports }: ServiceContext,
  oldest: PromotionRecord,
  now: Date,
): Promise<DiscardedWrites> {
  const folder = keptBackUpFolder(oldest, oldest.id);
  const text = await ports.documents.read(folder, 'backup.json', AbortSignal.timeout(readTimeoutMs));
  const parsed = text === undefined ? undefined : backUpDocumentSchema.parse(JSON.parse(text));
  if (parsed?.database === undefined || parsed.database === null) {
    throw new NotFoundError(
      `${oldest.id} kept no back-up of the database, or it was removed when retention.backupsDays were over, so there is none to put back`,
    );
  }
  const since = new Date(parsed.database.takenAt);
  const minutes = Math.ceil((now.getTime() - since.getTime()) / 60_000);
  return { since, minutes, rowsInBackUp: parsed.database.rows };
}

const readTimeoutMs = 10_000;

async function plansOf({ store }: ServiceContext, promotions: readonly PromotionRecord[]): Promise<readonly unknown[]> {
  const plans: unknown[] = [];
  for (const { planHash } of promotions) {
    const plan = planHash === undefined ? undefined : await store.plan(planHash);
    if (plan !== undefined) plans.push(plan.body);
  }
  return plans;
}

function restoreRefused({ id, definition }: PromotionRecord): string | undefined {
  if (definition.target.database === undefined || !leavesOut(definition, 'back-up')) return undefined;
  return `the rules left out back-up when ${id} was promoted, so there is no back-up that could be put back`;
}

function irreversibleParts(plans: readonly unknown[]): readonly string[] {
  return [...new Set(plans.flatMap((body) => planBodySchema.parse(body).irreversible))];
}

function preempted(holder: PromotionRecord | undefined, promotion: PromotionRecord): string | undefined {
  // The rollback itself holds it while it is under way.
  if (holder === undefined || holder.kind === 'rollback' || holder.id === promotion.id || isEndState(holder.state))
    return undefined;
  return holder.id;
}
