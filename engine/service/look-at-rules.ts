import { explainPath, type PathExplanation } from '../rules/explain-path.ts';
import { parseRules } from '../rules/parse-rules.ts';
import { PathGraph } from '../rules/path-graph.ts';
import type { RuleProblem } from '../rules/problem.ts';
import type { SettingPlaceSource } from '../rules/rules-origin.ts';
import type { Rules } from '../rules/schema.ts';
import { SettingPlaces } from '../rules/setting-places.ts';
import type { Actor } from '../workflow/actor.ts';
import { chooseApplication } from './complete-request.ts';
import { knownEnvironment } from './known-names.ts';
import { replayRules, type ReplayOfRules } from './replay-rules.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { refusedMove, UnclearRequestError } from './service-errors.ts';

const everywhere = { application: '*', environment: '*' } as const;

/** The rules that hold now, with where each of their settings stands. */
export interface RulesInForce {
  readonly rules: Rules;
  readonly places: SettingPlaces;
}

/** For whoever may look anywhere. */
export async function readRules(context: ServiceContext, actor: Actor): Promise<RulesInForce> {
  await requireToLook(context, actor, everywhere);
  const rules = await context.rules.current();
  return { rules, places: new SettingPlaces(rules, await originOf(context)) };
}

export interface ExplanationRequest {
  /** By name or alias. */
  readonly to: string;
  /** Default: the only way there. */
  readonly from?: string | undefined;
  /** Default: the only one. */
  readonly application?: string | undefined;
  /** Default: now. */
  readonly at?: Date | undefined;
}

/** What a path demands, in words, and whether the rules have it open at a moment. @throws UnclearRequestError */
export async function explainRules(
  context: ServiceContext,
  actor: Actor,
  request: ExplanationRequest,
): Promise<PathExplanation> {
  const application = request.application ?? '*';
  const sight = await requireToLook(context, actor, { application, environment: request.to });
  const rules = await context.rules.current();
  const graph = new PathGraph(rules);
  const to = await knownEnvironment(context, request.to);
  const sources = graph.sourcesOf(to);
  // Why nothing leads there from elsewhere is told with the names of what lies between.
  if (request.from !== undefined && !sources.includes(graph.resolve(request.from) ?? request.from)) {
    await requireToLook(context, actor, { application, environment: request.from });
  }
  const from = request.from === undefined ? undefined : await knownEnvironment(context, request.from);
  const [only] = sources;
  if (from === undefined && sources.length > 1) {
    throw new UnclearRequestError(`${to} can be reached from several environments; say which with --from`, sources);
  }
  const verdict = graph.checkMove(from ?? only ?? to, to);
  if (!verdict.ok) throw refusedMove(verdict.reason);
  const chosen = chooseApplication(rules, request.application, sight);
  return explainPath(rules, await originOf(context), verdict.path, chosen, request.at ?? context.clock.now());
}

export interface Proposal {
  /** The text of a whole rules file. */
  readonly text: string;
  /** Default: every application. */
  readonly application?: string | undefined;
  /** Promotions that were requested after it. Default: all that are stored. */
  readonly since?: Date | undefined;
}

export type JudgedProposal =
  | { readonly ok: false; readonly problems: readonly RuleProblem[] }
  | { readonly ok: true; readonly replay: ReplayOfRules };

/** What other rules would have decided about the promotions that are stored. Nothing is written. */
export async function judgeProposal(
  context: ServiceContext,
  actor: Actor,
  proposal: Proposal,
): Promise<JudgedProposal> {
  await requireToLook(context, actor, { application: proposal.application ?? '*', environment: '*' });
  const parsed = parseRules(proposal.text, 'proposal');
  if (!parsed.ok) return parsed;
  const { application, since } = proposal;
  return { ok: true, replay: await replayRules(context, actor, { rules: parsed.rules, application, since }) };
}

const nowhere: SettingPlaceSource = { files: [], placeOf: () => undefined };

async function originOf({ rules }: ServiceContext): Promise<SettingPlaceSource> {
  return (await rules.origin?.()) ?? nowhere;
}
