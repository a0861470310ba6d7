import type { Scope } from '../authorization.ts';
import { laneMove } from '../rules/hotfix-lane.ts';
import { PathGraph } from '../rules/path-graph.ts';
import type { Path, Rules } from '../rules/schema.ts';
import { isInSight, type Sight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import type { ServiceContext } from './service-context.ts';
import { refusedMove, RefusedError, UnclearRequestError, UnknownNameError } from './service-errors.ts';

/** What somebody said of a promotion they want; the rest is what can be meant. */
export interface PartialRequest {
  readonly application?: string | undefined;
  readonly release?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Whether the emergency lane is meant. Default: no. */
  readonly isHotfix?: boolean;
}

export interface CompleteRequest {
  readonly application: string;
  readonly release: string;
  /** A name, never an alias. */
  readonly from: string;
  readonly to: string;
  /** Set in the emergency lane. */
  readonly isHotfix?: boolean;
}

/**
 * Fills in what was left out where only one thing can be meant: the only application, the only path, and the release
 * that runs in `from`. Of several paths into `to`, the one from where a named release is verified is meant.
 * @throws UnclearRequestError with the choices, UnknownNameError, and RefusedError when nothing runs in `from`.
 */
export async function completeRequest(
  context: ServiceContext,
  actor: Actor,
  partial: PartialRequest,
): Promise<CompleteRequest> {
  const rules = await context.rules.current();
  // Of what is asked for in the end, so that whoever may not is told of that and not of looking.
  await context.authorizer.require(actor, 'run', scopeOf(rules, partial.application, partial.to ?? partial.from));
  const application = chooseApplication(rules, partial.application);
  const graph = new PathGraph(rules);
  const { isHotfix = false } = partial;
  const path = isHotfix
    ? choosePathOfLane(rules, graph, partial)
    : await choosePath(context, graph, application, partial);
  const release = partial.release ?? (await runningRelease(context, application, path.from));
  return { application, release, from: path.from, to: path.to, ...(isHotfix ? { isHotfix } : {}) };
}

/** A fix is named, and where it is to go: a default could put anything into the emergency lane. */
function choosePathOfLane(rules: Rules, graph: PathGraph, { release, from, to }: PartialRequest): Ends {
  const { hotfix } = rules;
  if (hotfix === undefined) {
    throw new RefusedError(
      'the rules have no hotfix lane (hotfix: { entry, approvals }); promote it as any other',
      true,
    );
  }
  if (release === undefined || to === undefined) {
    throw new UnclearRequestError(`a hotfix needs --release, and --to: its lane begins with ${hotfix.entry}`, []);
  }
  const [source, target] = [from === undefined ? undefined : resolve(graph, from), resolve(graph, to)];
  if (source !== undefined) return { from: source, to: target };
  const move = laneMove(rules, hotfix, undefined, target);
  if (!move.ok) throw refusedMove(move.reason, move.candidates);
  return move.path;
}

/**
 * What a request is about, for asking whether somebody may make it: before anything is told of what there is, so that
 * words which mean nothing are passed on as they are.
 */
export function scopeOf(rules: Rules, application: string | undefined, environment: string | undefined): Scope {
  const [only, ...others] = rules.applications;
  const meant = application ?? (others.length === 0 ? only?.name : undefined);
  const name = environment === undefined ? undefined : (new PathGraph(rules).resolve(environment) ?? environment);
  return { application: meant ?? '*', environment: name ?? '*' };
}

/** @param sight of whoever asks: he is told of no other application. @throws UnclearRequestError, UnknownNameError */
export function chooseApplication(rules: Rules, application: string | undefined, sight?: Sight): string {
  const names = rules.applications.map(({ name }) => name).filter((name) => isInSight(sight, name, '*'));
  const [only] = names;
  if (application !== undefined) {
    if (!names.includes(application)) throw new UnknownNameError('application', application, names);
    return application;
  }
  if (only !== undefined && names.length === 1) return only;
  throw new UnclearRequestError('the rules name several applications, and none was named', names);
}

type Ends = Pick<Path, 'from' | 'to'>;

async function choosePath(
  context: ServiceContext,
  graph: PathGraph,
  application: string,
  { release, from, to }: PartialRequest,
): Promise<Ends> {
  const [source, target] = [from, to].map((word) => (word === undefined ? undefined : resolve(graph, word)));
  // Whether this move is allowed is for the request itself to say.
  if (source !== undefined && target !== undefined) return { from: source, to: target };
  const only = graph.onlyPath({ from, to });
  if (only.ok) return only.path;
  const verified = release === undefined ? [] : await verifiedIn(context, application, release, only.candidates);
  const [meant, ...others] = verified;
  if (meant !== undefined && others.length === 0) return meant;
  throw new UnclearRequestError(
    lowerCaseSentence(only.reason.replace(/: .*$/, '')),
    only.candidates.map((path) => `${path.from} → ${path.to}`),
    'with --from and --to, or with FROM_ENV and TO_ENV',
  );
}

function resolve(graph: PathGraph, word: string): string {
  const name = graph.resolve(word);
  if (name === undefined) throw new UnknownNameError('environment', word, graph.environments(), graph.words());
  return name;
}

async function verifiedIn(
  context: ServiceContext,
  application: string,
  release: string,
  paths: readonly Path[],
): Promise<readonly Path[]> {
  const found: Path[] = [];
  for (const path of paths) {
    const deployed = await context.store.deployedReleases(application, path.from);
    if (deployed.some((each) => each.release.name === release && each.verifiedAt !== undefined)) found.push(path);
  }
  return found;
}

async function runningRelease(context: ServiceContext, application: string, environment: string): Promise<string> {
  const states = await context.store.environments(application);
  const release = states.find(({ name }) => name === environment)?.release;
  if (release !== undefined) return release.name;
  throw new RefusedError(
    `nothing of ${application} runs in ${environment}, as far as is recorded here; name a release, or record what runs there: promote adopt ${application} --env ${environment}`,
  );
}

/** A sentence of its own as the beginning of another one. */
export function lowerCaseSentence(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
