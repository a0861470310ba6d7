import type { components } from '../../api/schema.gen.ts';

export type Report = components['schemas']['PromotionReport'];
