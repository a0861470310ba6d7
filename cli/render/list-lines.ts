import { actorText, isEndState, type PromotionRecord } from '../../engine/promotion-service.ts';
import { formatAge } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { NamedPromotion } from '../release-names.ts';
import type { Paint } from '../terminal.ts';
import { endLook, type Look } from './end-look.ts';
import { moveText } from './move-text.ts';
import { table } from './table.ts';
import { placeText, stateWords } from './waiting-text.ts';

/** Promotions a line each: shape and word for the state, what, where, when and by whom. */
export function listLines(promotions: readonly NamedPromotion[], now: Date, paint: Paint): readonly string[] {
  if (promotions.length === 0) {
    return ['No promotion is like that. `promote run <application> --release <name> --to <environment>` makes one.'];
  }
  return table(
    promotions.map(({ promotion, release }) => {
      const { mark, colour } = look(promotion, paint);
      const dryRun = promotion.isDryRun ? ' (dry run)' : '';
      const lane = promotion.lane === 'hotfix' ? ' (hotfix)' : '';
      return [
        printable(promotion.id),
        `${printable(promotion.application)} ${printable(release)}${lane}`,
        moveText(promotion),
        { text: `${mark} ${stateWords(promotion)}${placeText(promotion.queuePlace)}${dryRun}`, paint: colour },
        formatAge(promotion.createdAt, now),
        `by ${printable(actorText(promotion.requestedBy))}`,
      ];
    }),
  );
}

function look({ state, parked, goneRun }: PromotionRecord, paint: Paint): Look {
  if (goneRun !== undefined) return { mark: '!', colour: paint.yellow };
  if (isEndState(state)) return endLook(state, paint);
  return parked === undefined ? { mark: '◐', colour: paint.blue } : { mark: '◷', colour: paint.yellow };
}
