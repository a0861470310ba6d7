import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import type { AnnouncementType } from '../notifications/announcements.ts';
import type { Failure } from '../workflow/promotion.ts';
import { defineStep } from '../workflow/step-definition.ts';

/** Hands the outcome to the outbox, in the same transaction as its own end: none is lost, a repetition has the same id. */
export const notify = defineStep({
  name: 'notify',
  version: 1,
  oldestVersion: 1,
  phase: 'notify',
  title: 'notify',
  isOptional: true,
  configSchema: z.object({}),
  async run({ promotion, release }) {
    const isBack = promotion.rollback !== undefined;
    const type: AnnouncementType = isBack
      ? 'promotion.rolled-back'
      : `${promotion.kind === 'contract' ? 'contract' : 'promotion'}.${promotion.failure === undefined ? 'finished' : 'failed'}`;
    const message = {
      // A promotion that is taken up again has another outcome to tell of.
      eventId: `${promotion.id}-outcome-${String(promotion.eventSeq)}`,
      type,
      body: {
        promotionId: promotion.id,
        application: promotion.application,
        release: release.name,
        from: promotion.fromEnvironment,
        to: promotion.toEnvironment,
        requestedBy: promotion.requestedBy.id,
        ...(promotion.failure === undefined ? {} : failureData(promotion.failure)),
        ...(promotion.rollback === undefined ? {} : { reason: promotion.rollback.reason }),
      },
    };
    return { kind: 'done', summary: type, output: {}, records: { messages: [message] } };
  },
});

function failureData({ step, error, requirementsNotMet }: Failure): JsonObject {
  const { message, severity, category, remedy } = error;
  return { failure: message, step, severity, category, remedy, requirementsNotMet };
}
