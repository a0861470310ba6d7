import type { z } from 'zod';
import type { Evidence, EvidenceFact, EvidenceKind } from '../evidence/evidence.ts';
import type { GateAnswer } from '../plan/plan.ts';
import type { Release } from '../release.ts';
import type { Definition, GateRequirement } from '../workflow/definition.ts';
import type { Override } from '../workflow/override.ts';
import type { Ports } from '../workflow/ports.ts';
import type { StepQueries } from '../workflow/step-queries.ts';
import { formatDuration } from '../wording/format-duration.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import { causeText } from '../wording/cause-text.ts';

export interface GateContext<Config> {
  readonly config: Config;
  readonly requirement: GateRequirement;
  readonly application: string;
  readonly definition: Definition;
  readonly release: Release;
  /** Rules that people set aside for the promotion. */
  readonly overrides: readonly Override[];
  /** All evidence about the release, newest first. */
  readonly evidence: readonly Evidence[];
  readonly ports: Ports;
  /** The engine's own memory: waivers, other releases' evidence, what ran where. */
  readonly queries: StepQueries;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** One automatic check with a threshold. What it cannot find out is a `missing`, never a pass. */
export interface GateDefinition<Config = unknown> {
  readonly name: string;
  readonly configSchema: z.ZodType<Config>;
  evaluate(context: GateContext<Config>): Promise<GateFinding>;
}

/** Gates by name. */
export type GateRegistry = ReadonlyMap<string, GateDefinition>;

export type GateFinding =
  | { readonly kind: 'pass' | 'fail' | 'warn'; readonly detail: string; readonly evidence: readonly string[] }
  | { readonly kind: 'missing'; readonly detail: string };

export function defineGate<Config>(definition: GateDefinition<Config>): GateDefinition<Config> {
  return definition;
}

/** How far the clock of whoever collected evidence may be ahead of ours. */
const toleratedSkewSeconds = 300;

/** The newest fact of a kind that is young enough, or why there is none. */
export function newestFact<Kind extends EvidenceKind>(
  context: Pick<GateContext<unknown>, 'evidence' | 'requirement' | 'now'>,
  kind: Kind,
  matches: (fact: Extract<EvidenceFact, { kind: Kind }>, producedBy: string) => boolean = () => true,
):
  | {
      readonly found: true;
      readonly fact: Extract<EvidenceFact, { kind: Kind }>;
      readonly id: string;
      readonly collectedAt: Date;
    }
  | { readonly found: false; readonly why: string } {
  for (const each of context.evidence) {
    if (!isOfKind(each.fact, kind) || !matches(each.fact, each.source)) continue;
    const stale = whyNotFresh(context, each.collectedAt);
    if (stale !== undefined) return { found: false, why: stale };
    return { found: true, fact: each.fact, id: each.id, collectedAt: each.collectedAt };
  }
  return { found: false, why: 'there is none' };
}

/** Why something that was found out at a time cannot be used any more, or not yet; undefined when it can. */
export function whyNotFresh(
  { requirement, now }: Pick<GateContext<unknown>, 'requirement' | 'now'>,
  at: Date,
): string | undefined {
  const ageSeconds = (now.getTime() - at.getTime()) / 1000;
  const { maxAgeSeconds } = requirement;
  if (!(ageSeconds >= -toleratedSkewSeconds)) return 'the newest is dated in the future';
  if (maxAgeSeconds === undefined || ageSeconds <= maxAgeSeconds) return undefined;
  return `the newest is ${formatDuration(ageSeconds * 1000, 'up')} old, allowed are ${describeSeconds(maxAgeSeconds)}`;
}

function isOfKind<Kind extends EvidenceKind>(
  fact: EvidenceFact,
  kind: Kind,
): fact is Extract<EvidenceFact, { kind: Kind }> {
  return fact.kind === kind;
}

/** Judges one requirement; an unknown gate, a missing fact or an error is a fail unless the rule says `onMissing: warn`. */
export async function judge(gates: GateRegistry, context: Omit<GateContext<unknown>, 'config'>): Promise<GateAnswer> {
  const { requirement } = context;
  const gate = requirement.name ?? requirement.gate;
  const finding = await find(gates, context);
  const evidence = finding.kind === 'missing' ? [] : finding.evidence;
  return {
    gate,
    verdict: finding.kind === 'missing' ? (requirement.onMissing === 'warn' ? 'warn' : 'fail') : finding.kind,
    detail: finding.detail,
    evidence,
    ...freshness(context, evidence),
  };
}

/** A gate that looked at something itself is as old as its answer; one that was told, as old as the oldest it was told. */
function freshness(
  { evidence, requirement, now }: Omit<GateContext<unknown>, 'config'>,
  used: readonly string[],
): Pick<GateAnswer, 'freshUntil'> {
  const { maxAgeSeconds } = requirement;
  if (maxAgeSeconds === undefined) return {};
  const ages = evidence.filter(({ id }) => used.includes(id)).map(({ collectedAt }) => collectedAt.getTime());
  const oldest = Math.min(now.getTime(), ...ages);
  return { freshUntil: new Date(oldest + maxAgeSeconds * 1000).toISOString() };
}

async function find(gates: GateRegistry, context: Omit<GateContext<unknown>, 'config'>): Promise<GateFinding> {
  const gate = gates.get(context.requirement.gate);
  if (gate === undefined)
    return { kind: 'missing', detail: `this engine has no gate called ${context.requirement.gate}` };
  try {
    return await gate.evaluate({ ...context, config: gate.configSchema.parse(context.requirement.config) });
  } catch (error) {
    context.signal.throwIfAborted();
    const reason = causeText(error);
    return { kind: 'missing', detail: `could not be judged: ${reason}` };
  }
}
