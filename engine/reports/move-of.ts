import type { ReportedPromotion } from './promotion-report.ts';

/** Where a promotion moves its release, or what it does where that is. */
export function moveOf({ kind, from, to }: Pick<ReportedPromotion, 'kind' | 'from' | 'to'>): string {
  switch (kind) {
    case 'promote':
      return `${from} → ${to}`;
    case 'rollback':
      return `taken back in ${to}`;
    case 'contract':
      return `contract migrations in ${to}`;
  }
}
