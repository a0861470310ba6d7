import type { CommandContext } from './command-context.ts';
import { peopleJson } from './json/people-json.ts';
import { promotionJson } from './json/promotion-json.ts';
import { writeJson } from './json/write-json.ts';
import { peopleLines } from './render/people-lines.ts';
import { planLines } from './render/plan-lines.ts';
import { promotionHeader } from './render/promotion-header.ts';
import { currentText } from './render/waiting-text.ts';
import { printable } from './printable.ts';
import { actorText, describeState, isEndState, type PromotionRecord } from '../engine/promotion-service.ts';
import type { Session } from './session.ts';

/** Shows one promotion: how it stands, what it will do or did, and what people had to do with it. */
export async function showPromotion(
  context: CommandContext,
  session: Session,
  promotionId: string,
  isJson: boolean,
): Promise<void> {
  const { service, actor } = session;
  const view = await service.view(actor, promotionId);
  const people = await service.people(actor, promotionId);
  const { promotion, release } = view;
  const { terminal, clock } = context;
  if (isJson) {
    writeJson(terminal, { ...promotionJson(promotion, release.name), ...peopleJson(people, view) });
    return;
  }
  const now = clock.now();
  const standing = isEndState(promotion.state)
    ? describeState(promotion.state)
    : currentText(promotion, promotion.updatedAt, now);
  const lines = [
    promotionHeader(view, terminal.paint),
    `  ${standing}`,
    `  ${printable(askedText(promotion))}`,
    ...planLines(view),
    ...peopleLines(people, view, terminal.paint),
  ];
  terminal.write(`${lines.join('\n')}\n`);
}

/** `asked for by ana on behalf of ben: the shop is slow`. */
function askedText({ requestedBy, reason }: PromotionRecord): string {
  const behind = requestedBy.onBehalfOf === undefined ? '' : ` on behalf of ${requestedBy.onBehalfOf}`;
  return `asked for by ${actorText(requestedBy)}${behind}${reason === undefined ? '' : `: ${reason}`}`;
}
