import { environmentsAlongPaths } from '../rules/path-order.ts';
import type { EnvironmentState } from '../store/service-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { withReleaseNames, type NamedPromotion } from './page-promotions.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { readClosures, type StandingClosure } from './standing-closures.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';

export interface MatrixRequest {
  /** Only applications with this in their names. */
  readonly search?: string | undefined;
  /** Only those behind this one, by name. Default: from the beginning. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** An application with what runs in each of its environments. */
export interface MatrixRow {
  readonly application: string;
  readonly environments: readonly EnvironmentState[];
  /** Promotions that have not ended, newest first. */
  readonly running: readonly NamedPromotion[];
}

/** What runs where, a row for each application, by their names. */
export interface Matrix {
  /** Every environment that the rules name, along their paths, then others that something runs in. */
  readonly environments: readonly string[];
  readonly rows: readonly MatrixRow[];
  /** What is closed now for these applications. */
  readonly closures: readonly StandingClosure[];
  /** The application behind which the next page begins; undefined: there is none. */
  readonly next: string | undefined;
}

/** More promotions on their way than these are not told of one page. */
const mostRunning = 1000;

/** As far as whoever asks may see it. */
export async function readMatrix(context: ServiceContext, actor: Actor, request: MatrixRequest): Promise<Matrix> {
  const { store } = context;
  const { search = '', after = '', limit } = request;
  for (const text of [search, after]) refuseUnprintable('application', text);
  const outlook = await requireToLook(context, actor, { application: '*', environment: '*' });
  const found = await store.applicationPage({ search, after, limit: limit + 1, only: outlook?.application });
  const applications = found.slice(0, limit);
  const [states, running, closures, ruled] = await Promise.all([
    store.environmentsOf(applications),
    store.listPromotions({ applications, isActive: true, limit: mostRunning }),
    readClosures(context, actor, undefined),
    ruledEnvironments(context),
  ]);
  const isSeen = (name: string): boolean => outlook === undefined || outlook.environments.has(name);
  const seen = states.filter(({ name }) => isSeen(name));
  const environments = [...new Set([...ruled, ...seen.map(({ name }) => name)])].filter(isSeen);
  const byApplication = Map.groupBy(seen, ({ application }) => application);
  const moving = Map.groupBy(
    await withReleaseNames(
      context,
      running.filter(({ toEnvironment }) => isSeen(toEnvironment)),
    ),
    ({ promotion }) => promotion.application,
  );
  return {
    environments,
    rows: applications.map((application) => ({
      application,
      environments: (byApplication.get(application) ?? []).toSorted(
        (left, right) => environments.indexOf(left.name) - environments.indexOf(right.name),
      ),
      running: moving.get(application) ?? [],
    })),
    closures: closures.filter(({ application }) => application === '*' || applications.includes(application)),
    next: found.length > limit ? applications.at(-1) : undefined,
  };
}

/** Rules that are wrong keep nobody from looking at what runs. */
async function ruledEnvironments({ rules }: ServiceContext): Promise<readonly string[]> {
  try {
    return environmentsAlongPaths(await rules.current());
  } catch {
    return [];
  }
}
