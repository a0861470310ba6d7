import { z } from 'zod';
import type { DatabaseProgress } from '../database/database-function.ts';
import type { Actor } from '../workflow/actor.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { causeText } from '../wording/cause-text.ts';
import { viewPromotion } from './read-promotions.ts';
import type { ServiceContext } from './service-context.ts';

/** `unknown`: nobody can say now. */
export type MigrationStanding = 'waiting' | 'running' | 'applied' | 'failed' | 'taken-back' | 'unknown';

/** A migration of a promotion, and how far it has come. */
export interface MigrationCourse {
  readonly version: number;
  readonly name: string;
  readonly kind: 'expand' | 'contract';
  /** The DDL. */
  readonly statements: readonly string[];
  readonly standing: MigrationStanding;
  /** The statement that runs now. */
  readonly running: NonNullable<DatabaseProgress['running']> | undefined;
}

export interface MigrationProgress {
  readonly migrations: readonly MigrationCourse[];
  /** What the step said when it was done. */
  readonly summary: string | undefined;
  /** Why nobody can say how far they have come. */
  readonly trouble: string | undefined;
}

type Planned = Omit<MigrationCourse, 'standing' | 'running'>;
const plannedSchema = z.object({
  database: z.object({
    migrations: z.array(
      z.object({
        version: z.number(),
        name: z.string(),
        kind: z.enum(['expand', 'contract']),
        statements: z.array(z.string()),
      }),
    ),
  }),
});
const contractedSchema = z.object({ migrations: z.array(z.number()) });

const movingSteps: readonly string[] = ['migrate-database', 'contract-database'];
const patienceMs = 5000;

/** How far the migrations of a promotion have come: those that run, as the database says; else, as it is recorded. */
export async function readMigrationProgress(
  context: ServiceContext,
  actor: Actor,
  promotionId: string,
): Promise<MigrationProgress> {
  const { promotion, release, plan } = await viewPromotion(context, actor, promotionId);
  const step = promotion.steps.find(({ name }) => movingSteps.includes(name));
  const planned: readonly Planned[] =
    promotion.kind === 'contract'
      ? contracted(promotion, release.content.database?.migrations ?? [])
      : (plannedSchema.safeParse(plan?.body).data?.database.migrations ?? []);
  const summary = step?.compensation?.summary ?? step?.summary;
  if (planned.length === 0 || step === undefined) return { migrations: [], summary, trouble: undefined };
  const recorded = await context.store.changesOf(promotionId);
  const look = isUnsettled(promotion, step) ? await lookAt(context, promotion) : undefined;
  return {
    migrations: planned.map((migration) => ({
      ...migration,
      standing: look === undefined ? recordedStanding(migration, step, recorded) : seenStanding(migration, step, look),
      running: look?.progress?.running?.version === migration.version ? look.progress.running : undefined,
    })),
    summary,
    trouble: look?.trouble,
  };
}

function contracted(
  { steps }: PromotionRecord,
  all: readonly {
    readonly version: number;
    readonly name: string;
    readonly kind: Planned['kind'];
    readonly up: string;
  }[],
): readonly Planned[] {
  const checked = steps.find(({ name }) => name === 'validate-contract')?.output;
  const chosen = contractedSchema.safeParse(checked).data?.migrations ?? [];
  return all
    .filter(({ version }) => chosen.includes(version))
    .map(({ version, name, kind, up }) => ({ version, name, kind, statements: [up] }));
}

/** Whether the database knows more than the records. */
function isUnsettled({ state }: PromotionRecord, { status, compensation }: StepRecord): boolean {
  if (isEndState(state)) return false;
  if (compensation !== undefined) return compensation.status !== 'done';
  return status !== 'pending' && status !== 'done' && status !== 'skipped';
}

interface Look {
  readonly progress: DatabaseProgress | undefined;
  readonly trouble: string | undefined;
}

async function lookAt({ ports }: ServiceContext, { definition }: PromotionRecord): Promise<Look> {
  const { database } = definition.target;
  if (database === undefined) return { progress: undefined, trouble: 'the environment has no database any more' };
  try {
    return { progress: await ports.database.progress(database, AbortSignal.timeout(patienceMs)), trouble: undefined };
  } catch (error) {
    return { progress: undefined, trouble: causeText(error) };
  }
}

function seenStanding(
  { version }: Planned,
  { status, compensation }: StepRecord,
  { progress }: Look,
): MigrationStanding {
  if (progress === undefined) return 'unknown';
  if (progress.running?.version === version) return 'running';
  if (progress.applied.includes(version)) return 'applied';
  if (compensation !== undefined) return 'taken-back';
  return status === 'failed' || status === 'retrying' ? 'failed' : 'waiting';
}

/** By what was told of each as it came and went. */
function recordedStanding(migration: Planned, step: StepRecord, recorded: readonly ChangeEntry[]): MigrationStanding {
  const subject = `${String(migration.version).padStart(3, '0')} ${migration.name}`;
  const last = recorded.findLast((change) => change.kind === 'schema' && change.subject === subject);
  if (last !== undefined) return last.after === undefined ? 'taken-back' : 'applied';
  switch (step.status) {
    case 'done':
      return 'applied';
    case 'failed':
      return 'failed';
    default:
      return 'waiting';
  }
}
