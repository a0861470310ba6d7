import type { PromotionView } from '../engine/promotion-service.ts';
import type { CommandContext } from './command-context.ts';
import { promotionJson } from './json/promotion-json.ts';
import { writeJson } from './json/write-json.ts';
import type { Session } from './session.ts';

/** What a person decides about: shown before, so that a change in between refuses the decision instead of hiding in it. */
export async function decide(
  context: CommandContext,
  session: Session,
  options: {
    readonly promotionId: string;
    readonly decision: 'approved' | 'rejected';
    readonly comment: string | undefined;
    readonly isJson: boolean;
    /** What to print for people. @param view what was decided about, with the votes of then and this one. */
    readonly say: (view: PromotionView) => readonly string[];
  },
): Promise<void> {
  const { promotionId, decision, comment, isJson, say } = options;
  const view = await session.service.view(session.actor, promotionId);
  const promotion = await session.service.decide(session.actor, {
    promotionId,
    decision,
    comment,
    planHash: view.promotion.planHash,
  });
  if (isJson) {
    writeJson(context.terminal, promotionJson(promotion, view.release.name));
    return;
  }
  const { votes } = await session.service.view(session.actor, promotionId);
  context.terminal.write(`${say({ ...view, promotion, votes }).join('\n')}\n`);
}
