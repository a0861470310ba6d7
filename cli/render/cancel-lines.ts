import {
  isEndState,
  mayHaveChangedTarget,
  stepsToCompensate,
  type PromotionRecord,
} from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import { stepTitle } from './step-title.ts';

/**
 * What stopping a promotion does, in a sentence: it ends with nothing changed, or takes back what it did.
 * @param cancelled the promotion as it was when it was asked to stop.
 * @param now as it is by now.
 */
export function cancelLines(cancelled: PromotionRecord, now: PromotionRecord): readonly string[] {
  const environment = printable(cancelled.toEnvironment);
  const hasEnded = isEndState(now.state);
  if (!mayHaveChangedTarget(cancelled)) {
    return [hasEnded ? `Cancelled. Nothing in ${environment} was changed.` : endsSoon(environment)];
  }
  const steps = stepsToCompensate(cancelled).map(stepTitle);
  if (steps.length === 0) {
    return [`It stops. It has changed nothing in ${environment} yet, and makes sure that what runs there is well.`];
  }
  return [
    `It stops and takes back what it did in ${environment}, the last first: ${steps.join(', ')}.`,
    `Rows that were written meanwhile are kept, and ${environment} serves what it served before.`,
  ];
}

function endsSoon(environment: string): string {
  return `It ends now, before it changed anything in ${environment}.`;
}
