import type { PromotionView } from '../../engine/promotion-service.ts';
import { padTo } from '../display-width.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';

const idColumn = 55;

/** `Promoting shop v2  dev → staging                       pr-7f3a`. */
export function promotionHeader({ promotion, release }: PromotionView, paint: Paint): string {
  const what = `${printable(promotion.application)} ${printable(release.name)}`;
  const to = printable(promotion.toEnvironment);
  const from = printable(promotion.fromEnvironment);
  const verb = promotion.kind === 'rollback' ? 'Taking back' : promotion.isDryRun ? 'Dry run of' : 'Promoting';
  const path = promotion.kind === 'rollback' ? `in ${to}` : `${from} → ${to}`;
  const left = `${verb} ${what}  ${path}`;
  return `${paint.bold(padTo(left, idColumn - 1))} ${printable(promotion.id)}`;
}
