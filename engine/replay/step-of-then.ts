import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { GateRegistry } from '../gates/gate.ts';
import { judgeAgain } from '../gates/judge-again.ts';
import { judgeConditions } from '../gates/judge-conditions.ts';
import { judgedOutput, refuseFailed } from '../gates/judge-gates.ts';
import type { GateAnswer } from '../plan/plan.ts';
import type { Release } from '../release.ts';
import { judgeApproval } from '../steps/await-approval.ts';
import type { Clock } from '../workflow/clock.ts';
import type { StepReference } from '../workflow/definition.ts';
import { plainJson } from '../workflow/plain-json.ts';
import type { Ports } from '../workflow/ports.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { RequirementsNotMetError, type StepContext, type StepResult } from '../workflow/step-definition.ts';
import type { StepRegistry } from '../workflow/step-registry.ts';
import type { StepQueries } from '../workflow/step-queries.ts';
import { obstaclesOf, outcomeOf, type Round } from './course-then.ts';
import type { UnknownAnswer } from './gates-of-then.ts';

/** What steps of the past are run with. */
export interface WorldOfThen {
  readonly steps: StepRegistry;
  readonly ports: Ports;
  readonly queries: StepQueries;
  readonly gates: GateRegistry;
  readonly clock: Clock;
  /** Takes the gates that could not be judged since it was asked last. */
  takeUnknown(): readonly UnknownAnswer[];
}

/** A promotion at the moment at which one of its steps is run. */
export interface StepSubject {
  readonly record: PromotionRecord & { readonly planHash: string };
  readonly release: Release;
  readonly checkpoint: StepContext<unknown>['checkpoint'];
  /** What really happened at that time. */
  readonly round: Round;
  /** As the promotion really started with it; undefined: it had no such step. */
  readonly referenceThen: StepReference | undefined;
}

export type OutcomeOfThen =
  | StepResult
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'unknown'; readonly missing: readonly string[] };

const conditionsSchema = z.object({ soakSeconds: z.number().nonnegative() });

/**
 * Runs one step that decides whether a promotion may go on, by the step itself, at the moment that the clock shows. What a
 * step asks of the world outside beside gates (needs, the plan, images) is as it was found then.
 * @throws UnknownFactError
 */
export async function runStepOfThen(
  world: WorldOfThen,
  reference: StepReference,
  subject: StepSubject,
): Promise<OutcomeOfThen> {
  try {
    const result = await resultOf(world, reference, subject);
    const answers = result.kind === 'done' ? gatesOf(result.output) : [];
    const unknown = world.takeUnknown().filter(({ gate }) => mayHoldUp(gate, answers));
    return unknown.length === 0 ? result : { kind: 'unknown', missing: unknown.map(unknownText) };
  } catch (error) {
    if (!(error instanceof RequirementsNotMetError)) throw error;
    return refusalOf(error, world.takeUnknown());
  }
}

async function resultOf(
  world: WorldOfThen,
  reference: StepReference,
  subject: StepSubject,
): Promise<StepResult | Extract<OutcomeOfThen, { kind: 'refused' | 'unknown' }>> {
  const context = contextOf(world, reference, subject);
  switch (reference.uses ?? reference.name) {
    case 'validate-conditions':
      return conditions(context, conditionsSchema.parse(reference.config).soakSeconds, subject.round);
    case 'await-approval': {
      const { planHash } = subject.record;
      return judgeApproval(context, planHash, await world.queries.votes(subject.record.id));
    }
    case 'revalidate': {
      const { answers } = await judgeAgain(context);
      return { kind: 'done', summary: 'judged again', output: judgedOutput(answers) };
    }
    case 'validate-artifacts':
      return imagesThen(reference, subject);
    case 'custom':
      // What a team's own command does is nothing that the rules decide.
      return { kind: 'done', summary: reference.name, output: {} };
    default: {
      const step = world.steps.find(reference.name, reference.version);
      return step.run({ ...context, config: step.configSchema.parse(reference.config) });
    }
  }
}

async function conditions(context: StepContext<unknown>, soakSeconds: number, round: Round): Promise<StepResult> {
  const judged = await judgeConditions(context, soakSeconds);
  if (judged.kind === 'soaking') {
    return { kind: 'park', reason: 'soak', detail: judged.detail, until: judged.until, checkpoint: {} };
  }
  refuseFailed(judged.answers, obstaclesOf(round));
  return { kind: 'done', summary: 'judged', output: judgedOutput(judged.answers) };
}

function imagesThen(
  { name, config }: StepReference,
  { round, referenceThen }: StepSubject,
): StepResult | Extract<OutcomeOfThen, { kind: 'refused' | 'unknown' }> {
  const outcome = outcomeOf(round, name);
  // Where they were not looked at they still would be: no rule has decided about them.
  if (outcome === undefined) return { kind: 'done', summary: 'not looked at', output: {} };
  if (!isDeepStrictEqual(plainJson(config), plainJson(referenceThen?.config ?? {}))) {
    return { kind: 'unknown', missing: ['images: sizes, platforms and labels of the images are not kept'] };
  }
  return outcome.kind === 'refused' ? outcome : { kind: 'done', summary: 'as then', output: {} };
}

function contextOf(
  { ports, queries, gates, clock }: WorldOfThen,
  { config }: StepReference,
  { record, release, checkpoint }: StepSubject,
): StepContext<unknown> {
  return {
    promotion: record,
    release,
    config,
    effect: { key: record.id, fence: 0, signal: new AbortController().signal },
    attempt: 1,
    checkpoint,
    ports,
    queries,
    gates,
    clock,
    log: () => undefined,
    output(of) {
      const output = record.steps.find(({ name }) => name === of)?.output;
      if (output === undefined) throw new Error(`${of} has no output`);
      return output;
    },
  };
}

/** What failed for certain refuses, whatever else is not known. */
function refusalOf(error: RequirementsNotMetError, unknown: readonly UnknownAnswer[]): OutcomeOfThen {
  const uncertain = new Set(unknown.map(({ gate }) => gate));
  const failed = error.checks.filter(({ verdict, forcedBy }) => verdict === 'fail' && forcedBy === undefined);
  const doubtful = failed.filter(({ gate }) => uncertain.has(gate)).map(({ gate, detail }) => `${gate}: ${detail}`);
  const reasons = error.message.split('\n').filter((line) => !doubtful.includes(line));
  if (reasons.length > 0) return { kind: 'refused', reasons };
  return { kind: 'unknown', missing: unknown.map(unknownText) };
}

/** Whether a gate that could not be judged may have failed; one that is overruled, or a hotfix that is waived, holds nothing up. */
function mayHoldUp(gate: string, answers: readonly Pick<GateAnswer, 'gate' | 'forcedBy'>[]): boolean {
  if (gate.startsWith('hotfix ')) return false;
  const answer = answers.find((each) => each.gate === gate);
  return answer === undefined || answer.forcedBy === undefined;
}

const gatesSchema = z.object({ gates: z.array(z.object({ gate: z.string(), forcedBy: z.string().optional() })) });

function gatesOf(output: unknown): readonly Pick<GateAnswer, 'gate' | 'forcedBy'>[] {
  const parsed = gatesSchema.safeParse(output);
  return parsed.success ? (parsed.data.gates as readonly Pick<GateAnswer, 'gate' | 'forcedBy'>[]) : [];
}

function unknownText({ gate, missing }: UnknownAnswer): string {
  return `${gate}: ${missing.join(' and ')} are not kept`;
}
