import type { CommandContext } from './command-context.ts';
import { promotionJson } from './json/promotion-json.ts';
import { writeJson } from './json/write-json.ts';
import { printable } from './printable.ts';
import { promotionHeader } from './render/promotion-header.ts';
import type { Session } from './session.ts';

/** Says what was asked for and how to look at it, for those who do not wait. */
export async function leaveRunning(
  context: CommandContext,
  session: Session,
  promotionId: string,
  isJson: boolean,
): Promise<void> {
  const view = await session.service.view(session.actor, promotionId);
  if (isJson) {
    writeJson(context.terminal, promotionJson(view.promotion, view.release.name));
    return;
  }
  const { terminal, invocation } = context;
  const lines = [
    promotionHeader(view, terminal.paint),
    '  It runs by itself from here.',
    `Next:  ${invocation} logs ${printable(promotionId)} --follow`,
  ];
  terminal.write(`${lines.join('\n')}\n`);
}
