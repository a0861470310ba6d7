import { Authorizer } from '../authorization.ts';
import { judgeRequest, prepareRequest, type PreparedRequest } from '../service/admit-request.ts';
import { acknowledgement, grantOverride } from '../service/overrides.ts';
import type { AdmissionContext } from '../service/service-context.ts';
import { NotFoundError, RefusedError } from '../service/service-errors.ts';
import { refuseUnstaffed } from '../service/stage-people.ts';
import { behindTheChange } from '../workflow/approvals.ts';
import { overrideOf, type Override } from '../workflow/override.ts';
import { AnswersThen } from './answers-then.ts';
import type { ApplicationOfThen } from './application-of-then.ts';
import { readCourse, type CourseThen, type Round } from './course-then.ts';
import { gatesOfThen, type UnknownAnswer } from './gates-of-then.ts';
import type { PastEntry, PastPromotion } from './past.ts';
import { portsOfThen } from './ports-of-then.ts';
import type { ProposedRules } from './proposed-rules.ts';
import type { ReplayDecision } from './replay-decision.ts';
import { ReplayedCourse } from './replayed-course.ts';
import { AuthorizerOfThen, requestOfThen } from './request-of-then.ts';
import { sourceOfThen } from './source-of-then.ts';
import type { WorldOfThen } from './step-of-then.ts';
import { causeText } from '../wording/cause-text.ts';

/** What was decided about a promotion, and what other rules would have decided by then. */
export interface DecidedTwice {
  readonly then: ReplayDecision;
  readonly now: ReplayDecision;
}

/**
 * Judges a promotion by other rules, with everything as it was known at each moment.
 * @param present for what is not decided yet.
 */
export async function replayPromotion(
  promotion: PastPromotion,
  past: ApplicationOfThen,
  rules: ProposedRules,
  present: Date,
): Promise<DecidedTwice> {
  const then = readCourse(promotion, present);
  try {
    return { then: then.decision, now: await new Replay(promotion, then, past, rules).decide() };
  } catch (error) {
    // One that cannot be understood any more (an engine of long ago made it) keeps nobody from judging the others.
    const reason = causeText(error);
    return { then: then.decision, now: { kind: 'unknown', missing: [reason] } };
  }
}

type Asked =
  | { readonly kind: 'asked'; readonly prepared: PreparedRequest; readonly overrides: readonly Override[] }
  | Extract<ReplayDecision, { kind: 'refused' }>;

class Replay {
  readonly #promotion: PastPromotion;
  readonly #then: CourseThen;
  readonly #past: ApplicationOfThen;
  readonly #rules: ProposedRules;
  readonly #admission: AdmissionContext;

  constructor(promotion: PastPromotion, then: CourseThen, past: ApplicationOfThen, rules: ProposedRules) {
    this.#promotion = promotion;
    this.#then = then;
    this.#past = past;
    this.#rules = rules;
    const { store, clock } = past;
    this.#admission = { store, clock, authorizer: new AuthorizerOfThen(store, true) };
  }

  async decide(): Promise<ReplayDecision> {
    const { record } = this.#promotion;
    const { rounds, decision: decidedThen } = this.#then;
    this.#past.clock.moveTo(record.createdAt);
    const asked = await this.#ask();
    if (asked.kind === 'refused') return asked;
    const first = rounds.find(({ conditionsAt }) => conditionsAt !== undefined);
    // It never came so far that another rule could have held it up.
    if (first?.conditionsAt === undefined) return decidedThen;
    const course = this.#course(asked.prepared, asked.overrides);
    let decision = await course.go(first.conditionsAt);
    for (const round of rounds) {
      if (round.cause !== 'retry' || round.at <= first.at || !isOpenToRetry(decision, round)) continue;
      this.#past.clock.moveTo(round.at);
      const more = await this.#overridesOfRetry(course, asked.prepared, round);
      if (more === undefined) continue;
      course.setAside(more);
      decision = await course.go(round.conditionsAt ?? round.at);
    }
    return decision;
  }

  async #ask(): Promise<Asked> {
    const { record } = this.#promotion;
    const { requestedBy, releaseId, createdAt } = record;
    const name = this.#past.releases.find(({ id }) => id === releaseId)?.name ?? releaseId;
    const request = requestOfThen(this.#promotion, name);
    const { rules } = this.#rules;
    const compile: ProposedRules['compile'] = (...of) => this.#rules.compile(...of);
    try {
      const prepared = await prepareRequest({ ...this.#admission, rules, compile }, requestedBy, request);
      const granted = await judgeRequest({ ...this.#admission, rules }, requestedBy, request, prepared);
      return { kind: 'asked', prepared, overrides: granted.overrides };
    } catch (error) {
      if (!(error instanceof RefusedError) && !(error instanceof NotFoundError)) throw error;
      return { kind: 'refused', at: createdAt, by: 'request', reasons: [error.message] };
    }
  }

  #course({ release, definition }: PreparedRequest, overrides: readonly Override[]): ReplayedCourse {
    const { store, declared, clock } = this.#past;
    return new ReplayedCourse({
      promotion: this.#promotion,
      then: this.#then,
      release,
      definition,
      overrides,
      world: this.#world(definition),
      store,
      declared,
      authorizer: new Authorizer(store, true),
      clock,
    });
  }

  #world(definition: PreparedRequest['definition']): WorldOfThen {
    const { store, clock, unknown, releases } = this.#past;
    const answers = new AnswersThen(this.#promotion, definition);
    const missing: UnknownAnswer[] = [];
    const note = (answer: UnknownAnswer): void => {
      missing.push(answer);
    };
    return {
      steps: this.#rules.registry,
      ports: portsOfThen(unknown, sourceOfThen(answers, releases, unknown, note)),
      queries: store,
      gates: gatesOfThen(answers, unknown, note),
      clock,
      takeUnknown: () => missing.splice(0),
    };
  }

  /** What was set aside when it was tried again. @returns undefined when the other rules would not have let them. */
  async #overridesOfRetry(
    course: ReplayedCourse,
    { definition, release }: PreparedRequest,
    { at }: Round,
  ): Promise<readonly Override[] | undefined> {
    const { record, entries } = this.#promotion;
    const scope = { application: record.application, environment: record.toEnvironment };
    const wished = entries.filter((entry) => entry.type === 'override' && entry.at.getTime() === at.getTime());
    try {
      const overrides: Override[] = [];
      for (const entry of wished) {
        const override = await this.#granted(entry, scope, definition);
        overrides.push(override);
        const all = [...course.record.overrides, ...overrides];
        if (override.kind !== 'force' || overrideOf({ overrides: all }, 'auto-approve') !== undefined) continue;
        const behind = behindTheChange({ requestedBy: record.requestedBy, overrides: all }, release);
        await refuseUnstaffed(this.#admission, scope, definition, behind);
      }
      return overrides;
    } catch (error) {
      if (error instanceof RefusedError) return undefined;
      throw error;
    }
  }

  async #granted(
    { actor, data }: PastEntry,
    scope: { readonly application: string; readonly environment: string },
    definition: PreparedRequest['definition'],
  ): Promise<Override> {
    const reason = typeof data['reason'] === 'string' ? data['reason'] : '';
    if (data['kind'] === 'acknowledge') return acknowledgement(this.#admission, actor, definition, reason);
    return grantOverride(this.#admission, actor, scope, definition, 'force', reason);
  }
}

/** Whether it had failed by what it was judged by, which is when it may be tried again. */
function isOpenToRetry(decision: ReplayDecision, { at }: Round): boolean {
  if (decision.kind !== 'refused' || decision.at > at) return false;
  return decision.by !== 'request' && decision.by !== 'await-approval';
}
