import type { Pool } from 'pg';
import type { CreatedOnce, NewPromotion } from '../service-store.ts';
import { newPromotionRow } from './new-promotion-row.ts';
import { transitionArguments } from './transition-json.ts';

/** A promotion with its steps and its first audit entries. @returns its id, or that of the one under the same key. */
export async function createPromotion(pool: Pool, promotion: NewPromotion): Promise<string> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'create-promotion',
    text: 'select create_promotion($1::jsonb, $2::jsonb, $3::jsonb, $4::jsonb, $5::jsonb) as id',
    values: argumentsOf(promotion),
  });
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the store answered no id for a new promotion');
  return id;
}

/** The same, unless its release is on its way along its path already. */
export async function createPromotionOnce(pool: Pool, promotion: NewPromotion): Promise<CreatedOnce> {
  const { rows } = await pool.query<{ created: CreatedOnce }>({
    name: 'create-promotion-once',
    text: 'select create_promotion_once($1::jsonb, $2::jsonb, $3::jsonb, $4::jsonb, $5::jsonb) as created',
    values: argumentsOf(promotion),
  });
  const created = rows[0]?.created;
  if (created === undefined) throw new Error('the store answered nothing for a new promotion');
  return created;
}

function argumentsOf(promotion: NewPromotion): string[] {
  const first = { ...promotion.transition, steps: promotion.record.steps };
  return [JSON.stringify(newPromotionRow(promotion)), ...transitionArguments([first])];
}
