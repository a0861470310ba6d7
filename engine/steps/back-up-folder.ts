import { z } from 'zod';
import type { PromotionRecord } from '../workflow/promotion.ts';

type Promotion = Pick<PromotionRecord, 'id' | 'steps'> & {
  readonly definition: Pick<PromotionRecord['definition'], 'steps'>;
};

export const backUpConfigSchema = z.object({
  /** The folder that each back-up of the environment gets one of its own in. Left out by engines before version 2. */
  folder: z.string().optional(),
});

const outputSchema = z.looseObject({ folder: z.string() });

/** The snapshot of metrics in a back-up. */
export const metricsDocument = 'metrics.json';

/** Where a promotion puts the documents of its back-up. */
export function backUpFolder(promotionId: string, { folder }: z.infer<typeof backUpConfigSchema>): string {
  return folder === undefined ? `backups-${promotionId}` : `${folder}/${promotionId}`;
}

/** Where a promotion would put them, whether or not it has come so far. */
export function plannedBackUpFolder({ id, definition }: Pick<Promotion, 'id' | 'definition'>): string {
  return backUpFolder(id, backUpConfigOf(definition));
}

/** The folder that the back-ups of a promotion's target are kept below; undefined: below that of all documents. */
export function plannedBackUpPlace(definition: Promotion['definition']): string | undefined {
  return backUpConfigOf(definition).folder;
}

function backUpConfigOf({ steps }: Promotion['definition']): z.infer<typeof backUpConfigSchema> {
  return backUpConfigSchema.parse(steps.find(({ name }) => name === 'back-up')?.config ?? {});
}

/** Where the back-up is that a promotion took, or that it takes back to; that of an older engine, where that put it. */
export function keptBackUpFolder({ steps }: Pick<Promotion, 'steps'>, takenBy: string): string {
  const output = outputSchema.safeParse(steps.find(({ name }) => name === 'back-up')?.output);
  return output.success ? output.data.folder : backUpFolder(takenBy, {});
}

/** The promotion whose back-up shows what the target was before anything that is taken back now. */
export function oldestTakenBack({ id, rollbackOf, rollback }: PromotionRecord): string {
  return rollback?.to?.promotions.at(-1)?.id ?? rollbackOf ?? id;
}
