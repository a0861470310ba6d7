import { isInSight, type Sight } from '../store/sight.ts';
import type { EnvironmentStanding, PromotionSummary } from '../store/overview-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { askedOf, type Asks } from './asked-of.ts';
import { alongPaths, ruledEnvironments } from './read-promotions.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { closuresInSight, freezesAhead, type ComingFreeze, type StandingClosure } from './standing-closures.ts';

export interface MatrixRequest {
  /** Only applications with this in their names. */
  readonly search?: string | undefined;
  /** Only those behind this one, by name. Default: from the beginning. */
  readonly after?: string | undefined;
  /** Only these applications, as far as there are such. Default: every one. */
  readonly among?: readonly string[] | undefined;
  readonly limit: number;
}

/** Something of an application that waits for whoever asks. */
export interface WaitsForYou {
  readonly promotionId: string;
  readonly environment: string;
  readonly asks: Asks;
  /** Of an approval: the stage in which it would count. */
  readonly stage: string | undefined;
}

/** An application with what runs in each of its environments. */
export interface MatrixRow {
  readonly application: string;
  readonly environments: readonly EnvironmentStanding[];
  /** Promotions that have not ended, newest first. */
  readonly running: readonly PromotionSummary[];
  readonly waitsForYou: readonly WaitsForYou[];
}

/** What runs where, a row for each application, by their names. */
export interface Matrix {
  /** Every environment that the rules name, along their paths, then others that something runs in. */
  readonly environments: readonly string[];
  readonly rows: readonly MatrixRow[];
  /** What is closed now for these applications. */
  readonly closures: readonly StandingClosure[];
  /** Freezes of these applications that begin soon, by their beginning. */
  readonly freezesAhead: readonly ComingFreeze[];
  /** The application behind which the next page begins; undefined: there is none. */
  readonly next: string | undefined;
}

/** More promotions on their way than these are not told of one page. */
const mostRunning = 1000;

/** As far as whoever asks may see it. */
export async function readMatrix(context: ServiceContext, actor: Actor, request: MatrixRequest): Promise<Matrix> {
  const { store } = context;
  const { search = '', after = '', among, limit } = request;
  for (const text of [search, after, ...(among ?? [])]) refuseUnprintable('application', text);
  const sight = await requireToLook(context, actor, { application: '*', environment: '*' });
  const [found, closures, coming, ruled] = await Promise.all([
    store.overview.rows({ search, after, among, limit: limit + 1, sight }),
    closuresInSight(context, undefined, sight),
    freezesAhead(context, sight),
    ruledEnvironments(context),
  ]);
  const rows = found.slice(0, limit);
  const applications = rows.map(({ application }) => application);
  const running =
    applications.length === 0
      ? []
      : await store.overview.summaries({ applications, isActive: true, limit: mostRunning, ...(sight && { sight }) });
  const environments = columnsOf(rows, ruled, sight);
  const moving = Map.groupBy(running, ({ application }) => application);
  const waiting = await waitingFor(context, actor, rows, running);
  const concerns = ({ application }: { readonly application: string }): boolean =>
    application === '*' || applications.includes(application);
  return {
    environments,
    rows: rows.map(({ application, environments: states }) => ({
      application,
      environments: alongPaths(states, environments),
      running: moving.get(application) ?? [],
      waitsForYou: waiting.get(application) ?? [],
    })),
    closures: closures.filter(concerns),
    freezesAhead: coming.filter(concerns),
    next: found.length > limit ? applications.at(-1) : undefined,
  };
}

function columnsOf(
  rows: readonly { readonly environments: readonly EnvironmentStanding[] }[],
  ruled: readonly string[],
  sight: Sight,
): readonly string[] {
  const named = new Set(rows.flatMap(({ environments }) => environments.map(({ name }) => name)));
  return [...new Set([...ruled.filter((name) => isInSight(sight, '*', name)), ...named])];
}

/** What of these applications waits for whoever asks, by application. */
async function waitingFor(
  context: ServiceContext,
  actor: Actor,
  rows: readonly { readonly environments: readonly EnvironmentStanding[] }[],
  running: readonly PromotionSummary[],
): Promise<ReadonlyMap<string, readonly WaitsForYou[]>> {
  const known = new Set(running.map(({ id }) => id));
  // What has ended and holds its slot still could not be taken back.
  const stuck = rows.flatMap(({ environments }) =>
    environments.flatMap(({ slotHeldBy: id }) => (id === undefined || known.has(id) ? [] : [id])),
  );
  const waiting = running.filter(({ parked }) => parked?.reason === 'approval' || parked?.reason === 'checklist');
  if (stuck.length + waiting.length === 0) return new Map();
  const { store, authorizer } = context;
  const [bindings, mended] = await Promise.all([
    authorizer.bindingsOf(actor),
    stuck.length === 0 ? [] : store.overview.summaries({ ids: stuck, limit: stuck.length }),
  ]);
  const asking = await askedOf(store, actor, bindings, [...mended, ...waiting]);
  const told = Map.groupBy(asking, ({ promotion }) => promotion.application);
  return new Map(
    [...told].map(([application, own]) => [
      application,
      own.map(({ promotion, asks, stage }) => ({
        promotionId: promotion.id,
        environment: promotion.toEnvironment,
        asks,
        stage,
      })),
    ]),
  );
}
