import { z } from '@hono/zod-openapi';
import { planJson } from '../../../cli/json/plan-json.ts';
import type { PromotionReport } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import { promotionParams } from '../shapes/names.ts';
import { planHash, planSchema } from '../shapes/plan.ts';
import { reportSchema } from '../shapes/report.ts';

export const showPlan = query({
  path: '/api/promotions/{promotion}/plan',
  tag: 'Promotions',
  name: 'show plan',
  asks: 'read',
  summary: 'Shows what exactly a promotion will do or did, by which it is approved; null while there is no plan.',
  params: promotionParams,
  answer: z.strictObject({ plan: planSchema.or(z.null()) }),
  handle: async ({ service }, { actor, params: { promotion } }) => ({
    plan: planJson((await service.view(actor, promotion)).plan),
  }),
});

export const showPlanSince = query({
  path: '/api/promotions/{promotion}/plan-since',
  tag: 'Promotions',
  name: 'show plan since',
  asks: 'read',
  summary: 'Shows an earlier plan of a promotion beside the one that it has now, and says what has changed.',
  params: promotionParams,
  query: z.strictObject({
    hash: planHash.openapi({ description: 'Of the plan that somebody was shown.' }),
  }),
  answer: z
    .strictObject({
      before: planSchema.or(z.null()),
      now: planSchema.or(z.null()),
      changes: z.array(z.string()).openapi({ description: 'In words; none: it is the same plan.' }),
    })
    .openapi('PlanSince'),
  async handle({ service }, { actor, params: { promotion }, query: { hash } }) {
    const { before, now, changes } = await service.overview.planSince(actor, promotion, hash);
    return { before: planJson(before), now: planJson(now), changes };
  },
});

export const showReport = query({
  path: '/api/promotions/{promotion}/report',
  tag: 'Promotions',
  name: 'show report',
  asks: 'read',
  summary:
    'Shows what happened to a promotion so far: its checks with thresholds and evidence, errors, waits and times.',
  params: promotionParams,
  answer: reportSchema,
  handle: async ({ service }, { actor, params: { promotion } }) => reportJson(await service.report(actor, promotion)),
});

export function reportJson(report: PromotionReport) {
  const { outcome, images, changes, checks, approvals, undone, kept, errors, steps, waits, timing } = report;
  const { isAutomaticWhenGatesPass, samePersonMayFillStages, stages } = approvals;
  return {
    outcomeText: outcome.text,
    images,
    changes,
    checks,
    approvals: { isAutomaticWhenGatesPass, samePersonMayFillStages, stages },
    undone,
    kept,
    errors: errors.list,
    steps: steps.map(({ name, attempts, tookMs, waitedMs, undo }) => {
      return { name, attempts, tookMs, waitedMs, undoTookMs: undo?.tookMs ?? null };
    }),
    waits,
    timing,
  };
}
