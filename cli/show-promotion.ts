import type { CommandContext } from './command-context.ts';
import { peopleJson } from './json/people-json.ts';
import { promotionJson } from './json/promotion-json.ts';
import { writeJson } from './json/write-json.ts';
import { peopleLines } from './render/people-lines.ts';
import { outcomeBlock } from './render/outcome-block.ts';
import { planLines } from './render/plan-lines.ts';
import { promotionHeader } from './render/promotion-header.ts';
import { currentText } from './render/waiting-text.ts';
import { printable } from './printable.ts';
import {
  actorText,
  describePromotion,
  isEndState,
  namesWhere,
  type PromotionRecord,
  type PromotionView,
} from '../engine/promotion-service.ts';
import { takenBackSince } from './taken-back.ts';
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
  const { terminal, clock, invocation } = context;
  const takenBackBy = await rollbackOf(session, promotion);
  if (isJson) {
    const takenBack = { takenBackBy: takenBackBy ?? null };
    writeJson(terminal, { ...promotionJson(promotion, release.name), ...takenBack, ...peopleJson(people, view) });
    return;
  }
  const now = clock.now();
  const name = namesWhere(people.spokenFor);
  const since = takenBackBy === undefined ? '' : `, and taken back since by ${takenBackBy}`;
  const standing = isEndState(promotion.state)
    ? printable(`${endText(view, name)}${since}`)
    : currentText(promotion, promotion.updatedAt, now);
  const lines = [
    promotionHeader(view, terminal.paint),
    `  ${standing}`,
    `  ${printable(askedText(promotion))}`,
    ...(hasFailed(promotion) ? [...outcomeBlock(view, 'promote', invocation, terminal.paint), ''] : []),
    ...(hasFailed(promotion) && view.plan === undefined ? [] : planLines(view)),
    ...peopleLines(people, view, terminal.paint),
  ];
  terminal.write(`${lines.join('\n')}\n`);
}

/** Whether somebody has to know why, and what to do. */
function hasFailed({ state }: PromotionRecord): boolean {
  return state === 'FAILED' || state === 'ROLLBACK_FAILED';
}

const mostRollbacks = 100;

/** What took it back after it had ended; undefined: nothing did. */
async function rollbackOf({ service, actor }: Session, promotion: PromotionRecord): Promise<string | undefined> {
  const { id, kind, state, application, toEnvironment } = promotion;
  if (kind !== 'promote' || state !== 'COMPLETED_SUCCESSFULLY') return undefined;
  const place = { application, environment: toEnvironment };
  const rollbacks = await service.list(actor, { ...place, kinds: ['rollback'], limit: mostRollbacks });
  return takenBackSince(rollbacks).get(id);
}

/** How it ended, and who made it end so. */
function endText({ promotion, votes }: PromotionView, name: (id: string) => string): string {
  const words = describePromotion(promotion);
  const { rollback, state } = promotion;
  if (state === 'REJECTED') {
    const vote = votes.findLast(({ decision }) => decision === 'rejected');
    return vote === undefined ? words : `${words} by ${name(vote.actor)}${reasonText(vote.comment)}`;
  }
  if (rollback === undefined || (state !== 'ROLLED_BACK' && state !== 'CANCELLED')) return words;
  return `${words}${rollback.trigger === 'automatic' ? ' by itself' : `, as ${name(rollback.requestedBy)} asked`}${reasonText(rollback.reason)}`;
}

function reasonText(reason: string | undefined): string {
  return reason === undefined || reason.trim() === '' ? '' : `: ${reason.trim()}`;
}

/** `asked for by ana on behalf of ben: the shop is slow`. */
function askedText({ requestedBy, reason }: PromotionRecord): string {
  const behind = requestedBy.onBehalfOf === undefined ? '' : ` on behalf of ${requestedBy.onBehalfOf}`;
  return `asked for by ${actorText(requestedBy)}${behind}${reason === undefined ? '' : `: ${reason}`}`;
}
