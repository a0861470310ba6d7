import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Release } from '../release.ts';
import type { Containment } from '../source/source-history.ts';
import type { Definition, EnvironmentTarget, GateRequirement } from '../workflow/definition.ts';
import { plainJson } from '../workflow/plain-json.ts';
import type { PastEntry, PastPromotion } from './past.ts';

const answerSchema = z.object({
  gate: z.string(),
  verdict: z.enum(['pass', 'fail', 'warn', 'skipped']),
  detail: z.string(),
  evidence: z.array(z.string()).default([]),
});
export type AnswerThen = z.infer<typeof answerSchema>;
const judgedSchema = z.object({ gates: z.array(answerSchema) });
const failedSchema = z.object({
  error: z.object({ message: z.string() }),
  failedChecks: z.array(z.string()).default([]),
});

/** The answers of one time that gates were judged. */
interface Judgement {
  readonly at: Date;
  readonly answerOf: (gate: string) => AnswerThen | undefined;
}

/** Judges once it is deployed, which is another question than whether to promote, though the gate has the same name. */
const stepBehind = 'verify';

/** What was measured then says what is so now, when it was measured so near to the moment that is looked at. */
const sameMomentSeconds = 120;

/** How gates answered when a promotion was really judged, as far as that answers the same question. */
export class AnswersThen {
  readonly #then: Definition;
  readonly #definition: Definition;
  readonly #judgements: readonly Judgement[];
  #hasSameEnds: boolean | undefined;

  /** @param definition by the other rules. */
  constructor({ record, entries }: PastPromotion, definition: Definition) {
    this.#then = record.definition;
    this.#definition = definition;
    // What a step keeps says more than the entry about it, so it counts first.
    const kept = record.steps.flatMap(({ name, output, finishedAt }) =>
      finishedAt === undefined || name === stepBehind ? [] : [judgementOf(finishedAt, output)],
    );
    this.#judgements = [...kept, ...entries.map(told)].filter((each) => each !== undefined);
  }

  /** The answer to the very same question about the same environments, given at this moment. */
  answerTo(requirement: GateRequirement, at: Date): AnswerThen | undefined {
    const wanted = plainJson(requirement);
    const isAsked = this.#then.gates.some((each) => isDeepStrictEqual(plainJson(each), wanted));
    if (!isAsked || !this.#isOfSameEnds()) return undefined;
    const name = requirement.name ?? requirement.gate;
    const isNear = (judgement: Judgement): boolean =>
      Math.abs(judgement.at.getTime() - at.getTime()) <= sameMomentSeconds * 1000;
    return this.#answers(name, isNear).find(({ verdict }) => verdict !== 'skipped');
  }

  /** Whether the release was found to contain a hotfix. Commits do not change, so it does not matter when. */
  containmentOf(hotfix: Release): Containment | undefined {
    for (const { verdict, detail } of this.#answers(`hotfix ${hotfix.name}`, () => true)) {
      if (verdict === 'pass' && detail !== '') return detail.includes('(the same change as ') ? 'patch' : 'commit';
      if (detail.includes(' has neither the commit ')) return 'absent';
    }
    return undefined;
  }

  #answers(gate: string, isMeant: (judgement: Judgement) => boolean): readonly AnswerThen[] {
    return this.#judgements.filter(isMeant).flatMap(({ answerOf }) => answerOf(gate) ?? []);
  }

  #isOfSameEnds(): boolean {
    this.#hasSameEnds ??= (['source', 'target'] as const).every((end) =>
      isDeepStrictEqual(asMeasured(this.#then[end]), asMeasured(this.#definition[end])),
    );
    return this.#hasSameEnds;
  }
}

/** An environment without what was chosen for one promotion, and without what nobody measures. */
function asMeasured({ configuration: _, resources: __, services, ...rest }: EnvironmentTarget) {
  return plainJson({
    ...rest,
    services: services.map(({ startupTimeoutSeconds: _1, healthCheckTimeoutSeconds: _2, ...service }) => service),
  });
}

function judgementOf(at: Date, output: unknown): Judgement | undefined {
  const parsed = judgedSchema.safeParse(output);
  if (!parsed.success) return undefined;
  const { gates } = parsed.data;
  return { at, answerOf: (gate) => gates.find((answer) => answer.gate === gate) };
}

function told({ type, data, at }: PastEntry): Judgement | undefined {
  if (type === 'step-finished') return data['step'] === stepBehind ? undefined : judgementOf(at, data['output']);
  if (type !== 'step-failed' || data['step'] !== 'validate-conditions') return undefined;
  const parsed = failedSchema.safeParse(data);
  if (!parsed.success || parsed.data.failedChecks.length === 0) return undefined;
  const { error, failedChecks } = parsed.data;
  const lines = error.message.split('\n');
  // All gates are judged even when one fails, so those that are not named did not.
  return {
    at,
    answerOf(gate) {
      if (!failedChecks.includes(gate)) return { gate, verdict: 'pass', detail: '', evidence: [] };
      const line = lines.find((each) => each.startsWith(`${gate}: `));
      return { gate, verdict: 'fail', detail: line?.slice(gate.length + 2) ?? '', evidence: [] };
    },
  };
}
