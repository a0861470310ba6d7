import { z } from 'zod';
import { behindTheChange, rejectionAmong, rejectionText } from '../workflow/approvals.ts';
import { checklistStanding, checklistText, openItemsOf, ticksOfGates } from '../workflow/checklist.ts';
import { defineStep } from '../workflow/step-definition.ts';

/**
 * Parks until every item that belongs before the promotion is ticked, and keeps what gates ticked. It stands before the
 * approval, so that whoever approves knows that all of it was done. Ticks hold for the promotion, not for one plan: what
 * was prepared stays prepared when the target changes.
 */
export const awaitChecklist = defineStep({
  name: 'await-checklist',
  version: 1,
  oldestVersion: 1,
  phase: 'approval',
  title: 'checklist',
  isOptional: false,
  configSchema: z.object({}),
  async run({ promotion, release, queries, clock, log }) {
    // Engines that recorded a rejection before they ended the promotion may have left one that waits here.
    const rejection = rejectionAmong(await queries.votes(promotion.id), behindTheChange(promotion, release));
    if (rejection !== undefined) return { kind: 'end', state: 'REJECTED', reason: rejectionText(rejection) };
    const standing = checklistStanding(promotion, await queries.ticks(promotion.id));
    const detail = checklistText(standing, 'before');
    if (openItemsOf(standing, 'before').length > 0) {
      log(`waiting for the checklist: ${detail}`);
      return { kind: 'park', reason: 'checklist', detail, until: undefined, checkpoint: {} };
    }
    const items = standing.map(({ requirement: { item, phase }, state, by }) => ({
      item,
      phase,
      state,
      by: by ?? null,
    }));
    return {
      kind: 'done',
      summary: detail,
      output: { items },
      records: { ticks: ticksOfGates(standing, clock.now()) },
    };
  },
});
