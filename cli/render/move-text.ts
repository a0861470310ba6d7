import type { PromotionRecord } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';

/** Where a promotion moves its release: `dev → staging`, or what it does where that is. */
export function moveText({ kind, fromEnvironment, toEnvironment }: PromotionRecord): string {
  const to = printable(toEnvironment);
  switch (kind) {
    case 'promote':
      return `${printable(fromEnvironment)} → ${to}`;
    case 'rollback':
      return `back in ${to}`;
    case 'contract':
      return `contract in ${to}`;
  }
}
