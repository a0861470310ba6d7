import { instantText } from '../schedule/instant-text.ts';
import { describeClosures } from '../schedule/describe-closure.ts';
import { opennessOfPromotion } from '../schedule/openness-of-promotion.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/**
 * A promotion that failed half-way does not judge its window again when it goes on, so it is not taken up while its
 * target is closed. Taking it back needs no window.
 * @throws RefusedError
 */
export async function refuseWhenClosed(context: ServiceContext, record: PromotionRecord): Promise<void> {
  const { application, toEnvironment } = record;
  const now = context.clock.now();
  const declarations = await context.store.declarations(application, toEnvironment, now);
  const openness = opennessOfPromotion(record, declarations, now);
  if (openness.isOpen) return;
  const when = openness.opensAt === undefined ? 'when that is lifted' : `from ${instantText(openness.opensAt)} on`;
  throw new RefusedError(
    `${toEnvironment} is ${describeClosures(openness)}; try it again ${when}, or roll it back: a rollback needs no window`,
    true,
  );
}
