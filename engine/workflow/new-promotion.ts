import { randomBytes } from 'node:crypto';
import type { PromotionRecord } from './promotion.ts';

/** Everything that a promotion locks while it changes its target, the slot first. */
export function slotResources(record: Pick<PromotionRecord, 'application' | 'toEnvironment' | 'definition'>): string[] {
  return [`slot:${record.application}/${record.toEnvironment}`, ...record.definition.target.resources];
}

/** A new promotion's id: short enough to say, long enough not to meet again. */
export function newPromotionId(): string {
  return `pr-${randomBytes(5).toString('hex')}`;
}
