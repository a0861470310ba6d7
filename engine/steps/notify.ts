import { z } from 'zod';
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
    const type = isBack
      ? 'promotion.rolled-back'
      : promotion.failure === undefined
        ? 'promotion.finished'
        : 'promotion.failed';
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
        ...(promotion.failure === undefined ? {} : { failure: promotion.failure.error.message }),
        ...(promotion.rollback === undefined ? {} : { reason: promotion.rollback.reason }),
      },
    };
    return { kind: 'done', summary: type, output: {}, records: { messages: [message] } };
  },
});
