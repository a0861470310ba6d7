import { z } from '@hono/zod-openapi';
import { planJson } from '../../../cli/json/plan-json.ts';
import { promotionJson } from '../../../cli/json/promotion-json.ts';
import type { Actor } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import type { ServerPorts } from '../server-ports.ts';
import { promotionId } from '../shapes/names.ts';
import { planSchema } from '../shapes/plan.ts';
import { promotionSchema } from '../shapes/promotion.ts';
import { reportSchema } from '../shapes/report.ts';
import { reportJson } from './promotion-report.ts';

const side = z
  .strictObject({ promotion: promotionSchema, plan: planSchema.or(z.null()), report: reportSchema })
  .openapi('ComparedPromotion');

export const comparePromotions = query({
  path: '/api/promotion-comparison',
  tag: 'History',
  name: 'compare promotions',
  asks: 'read',
  summary: 'Shows two promotions beside each other: what each was to do, did, met and took.',
  query: z.strictObject({ one: promotionId, other: promotionId }),
  answer: z.strictObject({ one: side, other: side }),
  async handle(ports, { actor, query: { one, other } }) {
    return { one: await sideOf(ports, actor, one), other: await sideOf(ports, actor, other) };
  },
});

async function sideOf({ service }: ServerPorts, actor: Actor, id: string) {
  const { promotion, release, plan } = await service.view(actor, id);
  const report = await service.report(actor, id);
  return { promotion: promotionJson(promotion, release.name), plan: planJson(plan), report: reportJson(report) };
}
