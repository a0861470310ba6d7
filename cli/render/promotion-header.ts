import type { PromotionView } from '../../engine/promotion-service.ts';
import { padTo } from '../display-width.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';

const idColumn = 55;

/** `Promoting shop v2  dev → staging                       pr-7f3a`. */
export function promotionHeader({ promotion, release }: PromotionView, paint: Paint): string {
  const what = `${printable(promotion.application)} ${printable(release.name)}`;
  const to = printable(promotion.toEnvironment);
  const path = promotion.kind === 'promote' ? `${printable(promotion.fromEnvironment)} → ${to}` : `in ${to}`;
  const left = `${verbOf(promotion)} ${what}${promotion.kind === 'promote' ? '  ' : ' '}${path}`;
  return `${paint.bold(padTo(left, idColumn - 1))} ${printable(promotion.id)}`;
}

function verbOf({ kind, isDryRun, lane }: PromotionView['promotion']): string {
  switch (kind) {
    case 'promote':
      if (lane === 'hotfix') return isDryRun ? 'Dry run of hotfix' : 'Promoting hotfix';
      return isDryRun ? 'Dry run of' : 'Promoting';
    case 'rollback':
      return 'Taking back';
    case 'contract':
      return 'Contracting';
  }
}
