import { formatDuration } from '../../time/format-duration.ts';
import type { ComparedPromotion } from './comparison-query.ts';

/** How long a step took on either side, in words. */
export interface ComparedStep {
  /** Of its own, where two steps have the same title. */
  readonly name: string;
  readonly title: string;
  readonly one: string;
  readonly other: string;
}

type Step = ComparedPromotion['report']['steps'][number];

/** Every step that either of them has, in the order of the first, then how long each took altogether. */
export function comparedSteps(one: ComparedPromotion, other: ComparedPromotion): readonly ComparedStep[] {
  const names = [...new Set([one, other].flatMap(({ report }) => report.steps.map(({ name }) => name)))];
  const steps = names.map((name) => ({
    name,
    title: titleOf(name, one) ?? titleOf(name, other) ?? name,
    one: stepText(one, name),
    other: stepText(other, name),
  }));
  return [...steps, { name: 'altogether', title: 'altogether', one: wholeText(one), other: wholeText(other) }];
}

function titleOf(name: string, { promotion }: ComparedPromotion): string | undefined {
  return promotion.steps.find((step) => step.name === name)?.title;
}

function stepText({ report }: ComparedPromotion, name: string): string {
  const step = report.steps.find((each) => each.name === name);
  return step === undefined || step.tookMs === null
    ? 'not run'
    : [formatDuration(step.tookMs), ...more(step)].join(', ');
}

function more({ attempts, waitedMs }: Pick<Step, 'attempts' | 'waitedMs'>): readonly string[] {
  return [
    ...(attempts > 1 ? [`${String(attempts)} attempts`] : []),
    ...(waitedMs > 0 ? [`waited ${formatDuration(waitedMs)} of it`] : []),
  ];
}

function wholeText({ report: { timing } }: ComparedPromotion): string {
  if (timing.tookMs === null) return 'not over';
  return [formatDuration(timing.tookMs), ...more({ attempts: 1, waitedMs: timing.waitedMs })].join(', ');
}
