import { AnswersThen } from '../../../engine/replay/answers-then.ts';
import type { GateRequirement } from '../../../engine/workflow/definition.ts';
import { ana, moment, pendingStep, sampleDefinition, samplePromotion } from '../workflow/sample-promotion.ts';

const requirement: GateRequirement = {
  gate: 'load',
  config: { maximumErrorRatePercent: 1 },
  onMissing: 'fail',
  maxAgeSeconds: undefined,
  phases: ['before', 'after'],
};
const definition = sampleDefinition([], { gates: [requirement] });
const judged = (verdict: 'pass' | 'fail', detail: string) => ({ gates: [{ gate: 'load', verdict, detail }] });
const finished = (step: string, seconds: number, output: ReturnType<typeof judged>) => ({
  at: new Date(moment.getTime() + seconds * 1000),
  type: 'step-finished',
  actor: ana,
  data: { step, output },
});

describe('how a gate answered then', () => {
  it('is what the steps before the deployment found, not what the same gate found while it was verified', () => {
    const before = finished('validate-conditions', 0, judged('pass', 'before'));
    const after = finished('verify', 60, judged('pass', 'after'));
    const answers = (entries: readonly ReturnType<typeof finished>[]) =>
      new AnswersThen({ record: samplePromotion(definition), entries }, definition).answerTo(requirement, moment);
    expect(answers([after, before])?.detail).toBe('before');
    expect(answers([after])).toBeUndefined();
  });

  it('is not what verification keeps with its step either', () => {
    const step = { ...pendingStep('verify', 1), output: judged('pass', 'after'), finishedAt: moment };
    const record = samplePromotion(definition, { steps: [step] });
    expect(new AnswersThen({ record, entries: [] }, definition).answerTo(requirement, moment)).toBeUndefined();
  });

  it('is nothing where the question was another one, or was asked at another time', () => {
    const entries = [finished('validate-conditions', 0, judged('pass', 'before'))];
    const answers = new AnswersThen({ record: samplePromotion(definition), entries }, definition);
    expect(answers.answerTo({ ...requirement, config: { maximumErrorRatePercent: 5 } }, moment)).toBeUndefined();
    expect(answers.answerTo(requirement, new Date(moment.getTime() + 121_000))).toBeUndefined();
  });
});
