import { actorText, isEndState, type PromotionRecord } from '../../engine/promotion-service.ts';
import { formatAge } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { NamedPromotion } from '../release-names.ts';
import { takenBackSince } from '../taken-back.ts';
import type { Paint } from '../terminal.ts';
import { endLook, type Look } from './end-look.ts';
import { moveText } from './move-text.ts';
import { table } from './table.ts';
import { placeText, stateWords } from './waiting-text.ts';

/**
 * Promotions a line each, the newest first: shape and word for the state, what, where, when and by whom.
 * @param isAnyAsked whether others than these could be there.
 */
export function listLines(
  promotions: readonly NamedPromotion[],
  now: Date,
  paint: Paint,
  isAnyAsked = false,
): readonly string[] {
  if (promotions.length === 0) {
    const one = isAnyAsked ? 'No promotion is like that' : 'Nothing was promoted here yet';
    return [`${one}. \`promote run <application> --release <name> --to <environment>\` makes one.`];
  }
  const takenBack = takenBackSince(promotions.map(({ promotion }) => promotion));
  return table(
    promotions.map(({ promotion, release }) => {
      const by = takenBack.get(promotion.id);
      const { mark, colour } = by === undefined ? look(promotion, paint) : endLook('ROLLED_BACK', paint);
      const since = by === undefined ? '' : `, taken back by ${printable(by)}`;
      const dryRun = promotion.isDryRun ? ' (dry run)' : '';
      const lane = promotion.lane === 'hotfix' ? ' (hotfix)' : '';
      return [
        printable(promotion.id),
        `${printable(promotion.application)} ${printable(release)}${lane}`,
        moveText(promotion),
        { text: `${mark} ${stateWords(promotion)}${placeText(promotion.queuePlace)}${since}${dryRun}`, paint: colour },
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
