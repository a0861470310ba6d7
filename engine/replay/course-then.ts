import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { badReleaseCode } from '../workflow/refuse-bad-release.ts';
import type { PastEntry, PastPromotion } from './past.ts';
import { decidedWaits, type ReplayDecision } from './replay-decision.ts';

/** From a request, a retry or a sending back up to what came of it. */
export interface Round {
  readonly cause: 'request' | 'retry' | 'plan' | 'window';
  /** When the conditions were first looked at in it; undefined: it never came so far. */
  readonly conditionsAt: Date | undefined;
  /** When it began. */
  readonly at: Date;
  /** Who took it up again. */
  readonly entries: readonly PastEntry[];
}

/** How a promotion really went, as its audit trail tells. */
export interface CourseThen {
  readonly decision: ReplayDecision;
  /** When that was decided; what came later says nothing about it. */
  readonly decidedAt: Date;
  readonly rounds: readonly Round[];
}

/** @param now for those that are not decided yet. */
export function readCourse(promotion: PastPromotion, now: Date): CourseThen {
  const rounds = readRounds(promotion);
  const { decision, decidedAt } = decisionOf(promotion, rounds, now);
  return { decision, decidedAt, rounds };
}

/** When the slot was given after it was waited for, if it was; `since` is when it began to wait. */
export function slotWait(round: Round): { readonly since: Date; readonly until: Date | undefined } | undefined {
  const waited = round.entries.find(({ type, data }) => type === 'parked' && data['reason'] === 'slot');
  if (waited === undefined) return undefined;
  const taken = round.entries.find(({ type, at }) => type === 'slot-taken' && at >= waited.at);
  return { since: waited.at, until: taken?.at };
}

/**
 * What stood in the way of a round beside the rules' own requirements: needs of the release that the target lacked, a plan
 * that could not be made. It would have stood there by any rules.
 */
export function obstaclesOf(round: Round): readonly string[] {
  const failed = round.entries.find(({ type, data }) => type === 'failed' && data['step'] === 'validate-conditions');
  if (failed?.data['requirementsNotMet'] !== true || isOfBadRelease(failed)) return [];
  const lines = messageOf(failed).split('\n');
  const judged = round.entries.find(
    ({ type, data }) => type === 'step-failed' && data['step'] === 'validate-conditions',
  );
  const gates = textsOf(judged?.data['failedChecks']);
  // Without an answer of a gate it was the release, which had never been verified in the source.
  if (gates.length === 0 && lines.some((line) => line.includes('was never verified in'))) return [];
  return lines.filter((line) => !gates.some((gate) => line.startsWith(`${gate}: `)));
}

/** How a step of the round that asks the world outside ended; undefined: it never ran to its end. */
export function outcomeOf(
  round: Round,
  step: string,
): { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reasons: readonly string[] } | undefined {
  const failed = round.entries.find(({ type, data }) => type === 'failed' && data['step'] === step);
  if (failed?.data['requirementsNotMet'] === true && !isOfBadRelease(failed))
    return { kind: 'refused', reasons: messageOf(failed).split('\n') };
  const isDone = round.entries.some(({ type, data }) => type === 'step-finished' && data['step'] === step);
  return isDone ? { kind: 'done' } : undefined;
}

function readRounds({ record, entries }: PastPromotion): readonly Round[] {
  const begins: { readonly at: Date; readonly cause: Round['cause']; readonly index: number }[] = [
    { at: record.createdAt, cause: 'request', index: 0 },
  ];
  let running = '';
  for (const [index, { type, data, at }] of entries.entries()) {
    if (type === 'step-started') running = textOf(data['step']);
    if (type !== 'steps-reset') continue;
    // Behind its effects a promotion goes on where it failed: nothing is decided anew.
    if (!textsOf(data['steps']).includes('validate-conditions')) continue;
    const cause = data['reason'] === 'tried again' ? 'retry' : running === 'confirm-window' ? 'window' : 'plan';
    begins.push({ at, cause, index });
  }
  return begins.map(({ at, cause, index }, place): Round => {
    const own = entries.slice(index, begins[place + 1]?.index);
    const began = own.find(({ type, data }) => type === 'step-started' && data['step'] === 'validate-conditions');
    return { at, cause, conditionsAt: began?.at, entries: own };
  });
}

function decisionOf(
  { record, entries }: PastPromotion,
  rounds: readonly Round[],
  now: Date,
): Pick<CourseThen, 'decision' | 'decidedAt'> {
  const passed = entries.findLast(({ type, data }) => type === 'state-changed' && data['to'] === passedState(record));
  const { failure, state } = record;
  if (passed !== undefined && !(record.isDryRun && failure !== undefined)) {
    return { decision: { kind: 'let-through', at: passed.at }, decidedAt: passed.at };
  }
  const endedAt = record.endedAt ?? now;
  if (failure !== undefined) {
    const at = entries.findLast(({ type }) => type === 'failed')?.at ?? endedAt;
    const { step, error, requirementsNotMet } = failure;
    const reasons = error.message.split('\n');
    if (requirementsNotMet) return { decision: { kind: 'refused', at, by: step, reasons }, decidedAt: at };
    return { decision: { kind: 'stopped', step, detail: error.message }, decidedAt: at };
  }
  if (state === 'REJECTED' || state === 'EXPIRED') {
    const reason = textOf(entries.findLast(({ type }) => type === 'ended')?.data['reason']);
    return { decision: { kind: 'refused', at: endedAt, by: 'await-approval', reasons: [reason] }, decidedAt: endedAt };
  }
  return { decision: standingOf(rounds, record.state), decidedAt: endedAt };
}

/** The state that nobody comes to whom a rule holds up. */
function passedState({ isDryRun }: PastPromotion['record']): string {
  return isDryRun ? 'GENERATING_REPORTS' : 'VALIDATION_PASSED';
}

/** What it waited for last. */
function standingOf(rounds: readonly Round[], state: string): ReplayDecision {
  const entries = rounds.at(-1)?.entries ?? [];
  const place = entries.findLastIndex(({ type }) => type === 'parked');
  const parked = entries[place];
  const hasGoneOn = entries.slice(place + 1).some(({ type }) => type === 'step-finished' || type === 'slot-taken');
  const reason = decidedWaits.find((each) => each === parked?.data['reason']);
  if (parked !== undefined && reason !== undefined && !hasGoneOn) {
    const until = textOf(parked.data['until']);
    const detail = textOf(parked.data['detail']);
    return { kind: 'waiting', reason, detail, until: until === '' ? undefined : new Date(until) };
  }
  const started = entries.findLast(({ type }) => type === 'step-started');
  const step = textOf(started?.data['step']);
  return { kind: 'stopped', step: step === '' ? 'initialize' : step, detail: state };
}

function messageOf({ data }: PastEntry): string {
  const error: unknown = data['error'];
  return isObject(error) ? textOf(error['message']) : '';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Whether it failed because somebody marked its release bad, which is judged by when that was. */
function isOfBadRelease({ data }: PastEntry): boolean {
  const error = errorSchema.safeParse(data['error']);
  return error.success && error.data.code === badReleaseCode;
}

const errorSchema = z.looseObject({ code: z.string().nullish() });
