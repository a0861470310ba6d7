import {
  describePromotion,
  describeState,
  type PromotionRecord,
  type Standing,
  type StepRecord,
  instantText,
} from '../../engine/promotion-service.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { printable } from '../printable.ts';
import { inOneLine } from './in-one-line.ts';
import { stepTitle } from './step-title.ts';

export type Parked = NonNullable<PromotionRecord['parked']>;
export type GoneRun = NonNullable<PromotionRecord['goneRun']>;

/** What a promotion waits for, since when, and until when if that is known. @param place in the line for its slot. */
export function waitingText(parked: Parked, now: Date, place?: PromotionRecord['queuePlace']): string {
  const since = formatDuration(now.getTime() - parked.since.getTime());
  // What ends as a sentence goes on as one.
  const what = parkedText(parked).replace(/[.;,]+$/, '');
  return `${what}${placeText(place)}, for ${since} now${untilText(parked, now)}`;
}

/** Where it stands in the line for its slot, and behind whom. */
export function placeText(place: PromotionRecord['queuePlace']): string {
  if (place === undefined) return '';
  if (place.behind === undefined) return '; it is next';
  return `; place ${String(place.position)} in the line, behind ${printable(place.behind)}`;
}

export function parkedText(parked: Parked): string {
  const detail = inOneLine(parked.detail);
  switch (parked.reason) {
    case 'approval':
      return `waiting for approval: ${detail}`;
    case 'checklist':
      return `waiting for the checklist: ${detail}`;
    case 'manual':
      return `waiting for a person: ${detail}`;
    case 'slot':
      return `waiting for its turn: ${detail}`;
    case 'soak':
      return `soaking: ${detail}`;
    case 'undo-window':
      return `undo window: ${detail}`;
    case 'window':
      return `waiting for its window: ${detail}`;
    case 'canary':
    case 'bake':
    case 'rollout':
    case 'retry':
      return detail;
  }
}

function untilText(parked: Parked, now: Date): string {
  if (parked.until === undefined) return '';
  const left = parked.until.getTime() - now.getTime();
  // What looks again every moment would only flicker.
  if (left < 2000) return '';
  switch (parked.reason) {
    case 'approval':
      return `; expires in ${formatDuration(left)}`;
    case 'slot':
    case 'bake':
    case 'rollout':
    case 'canary':
      return '';
    case 'soak':
    case 'undo-window':
    case 'window':
      return `; until ${instantText(parked.until)}`;
    case 'retry':
    case 'checklist':
    case 'manual':
      return `; again in ${formatDuration(left)}`;
  }
}

/** That nobody works on a promotion, and until when: what it did last is no news of what happens now. */
export function goneRunText({ hasBegun, silentSeconds, takeOverAt, takeOverInSeconds }: GoneRun): string {
  const silent = formatDuration(silentSeconds * 1000);
  const next = takeOverInSeconds > 0 ? `by ${instantText(takeOverAt)}` : 'at any moment';
  if (!hasBegun) return `nobody is at work: the worker started ${silent} ago has not begun; another takes over ${next}`;
  return `its worker is gone, not heard of for ${silent}; another takes over ${next}`;
}

/** In a few words how a promotion stands; the state says nothing of now when nobody works on it. */
export function stateWords(promotion: Standing & Pick<PromotionRecord, 'goneRun'>): string {
  const { goneRun } = promotion;
  if (goneRun === undefined) return describePromotion(promotion);
  return goneRun.hasBegun ? 'lost its worker' : 'has no worker yet';
}

/** The step that runs or waits now, forward or backward. */
export function currentStep(promotion: PromotionRecord): StepRecord | undefined {
  const isUnderWay = (status: string | undefined): boolean =>
    status === 'running' || status === 'parked' || status === 'retrying';
  return (
    promotion.steps.find(({ compensation }) => isUnderWay(compensation?.status)) ??
    promotion.steps.find(({ status }) => isUnderWay(status))
  );
}

/** One line about what happens right now. @param heldSince when the promotion was first seen as it is. */
export function currentText(promotion: PromotionRecord, heldSince: Date, now: Date): string {
  if (promotion.goneRun !== undefined) return goneRunText(promotion.goneRun);
  const step = currentStep(promotion);
  const title = step === undefined ? '' : `${stepTitle(step.name)}: `;
  if (promotion.parked !== undefined) return `${title}${waitingText(promotion.parked, now, promotion.queuePlace)}`;
  if (step?.compensation !== undefined) return `${title}taking it back, for ${since(heldSince)} now`;
  if (step !== undefined) return `${title}running, for ${since(step.startedAt ?? heldSince)} now`;
  const isUntouched =
    promotion.state === 'INITIALIZING' && promotion.steps.every(({ startedAt }) => startedAt === undefined);
  const words = isUntouched ? 'no run has taken it up yet' : describeState(promotion.state);
  return `${words}, for ${since(heldSince)} now`;

  function since(at: Date): string {
    return formatDuration(now.getTime() - at.getTime());
  }
}
