import { z } from 'zod';
import type { Release } from '../release.ts';
import { stepsToCompensate } from '../workflow/decide.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { keptBackUpFolder } from '../steps/back-up-folder.ts';
import { slotHolder } from './preempt-health-wait.ts';
import type { RollbackCommand } from './rollback.ts';
import {
  chooseRevision,
  promotionsSince,
  readRevisions,
  type Revision,
  type SchemaOutlook,
} from './rollback-target.ts';
import { loadPromotion, type ServiceContext } from './service-context.ts';
import { NotFoundError } from './service-errors.ts';

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
  readonly undone: readonly { readonly step: string; readonly did: string | undefined }[];
  /** How the schema follows; undefined: there is no database, or it goes back with its rows. */
  readonly schema: SchemaOutlook | undefined;
  /** With the database's back-up: what is discarded. */
  readonly discards: DiscardedWrites | undefined;
  /** What no rollback takes back, in words. */
  readonly irreversible: readonly string[];
  /** Whether everything stops for a moment while the database goes back. */
  readonly stops: boolean;
  /** A promotion that only waits for health and is stopped first. */
  readonly preempts: string | undefined;
  /** How long the last rollback there took, from the request to its end. */
  readonly lastTookMs: number | undefined;
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
  const asked = await loadPromotion(context, question.promotionId);
  const { application, toEnvironment } = asked;
  const restores = question.restoresDatabase === true;
  const revisions = await readRevisions(
    context,
    application,
    toEnvironment,
    question.acceptsDataLoss === true || restores,
  );
  const target =
    question.to === undefined ? ownChoice(revisions, asked) : chooseRevision(revisions, toEnvironment, question.to);
  const since =
    question.to === undefined || target === undefined
      ? [asked]
      : await promotionsSince(context, application, toEnvironment, revisions, target);
  const holder = await slotHolder(context, application, toEnvironment);
  const promotion = question.to === undefined ? asked : (since.find(({ id }) => id !== holder?.id) ?? asked);
  const release = await store.loadRelease(promotion.releaseId);
  if (release === undefined) throw new NotFoundError(`release ${promotion.releaseId} is not in the store`);
  const schema = target?.standing.schema;
  const oldest = since.at(-1) ?? asked;
  return {
    promotion,
    release,
    returnsTo: target?.release.name,
    takesBack: since.map(({ id }) => id),
    undone: undoneSteps(promotion),
    schema: restores ? undefined : schema,
    discards: restores ? await discardedWrites(context, oldest, clock.now()) : undefined,
    irreversible: await irreversibleParts(context, since),
    stops:
      restores ||
      promotion.definition.steps.some(({ name, config }) => name === 'deploy' && config['strategy'] === 'recreate') ||
      (question.to !== undefined &&
        schema?.kind === 'revert' &&
        schema.migrations.some(({ kind }) => kind === 'contract')),
    preempts: preempted(holder, promotion),
    lastTookMs: await store.history.lastRollbackMs(application, toEnvironment),
  };
}

/** What the engine itself would choose: what runs stays when the promotion has not come so far. */
function ownChoice(revisions: readonly Revision[], { releaseId }: PromotionRecord): Revision | undefined {
  const [running] = revisions;
  if (running !== undefined && running.release.id !== releaseId) return running;
  return revisions.find(
    ({ release, verifiedAt }) => release.id !== releaseId && verifiedAt !== undefined && release.bad === undefined,
  );
}

function undoneSteps(promotion: PromotionRecord): RollbackPreview['undone'] {
  return stepsToCompensate(promotion).map((name) => ({
    step: name,
    did: promotion.steps.find((step) => step.name === name)?.summary,
  }));
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

async function irreversibleParts(
  { store }: ServiceContext,
  promotions: readonly PromotionRecord[],
): Promise<readonly string[]> {
  const parts: string[] = [];
  for (const { planHash } of promotions) {
    const plan = planHash === undefined ? undefined : await store.plan(planHash);
    if (plan !== undefined) parts.push(...planBodySchema.parse(plan.body).irreversible);
  }
  return [...new Set(parts)];
}

function preempted(holder: PromotionRecord | undefined, promotion: PromotionRecord): string | undefined {
  if (holder === undefined || holder.id === promotion.id || isEndState(holder.state)) return undefined;
  return holder.id;
}
