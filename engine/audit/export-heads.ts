import { checkpointSchema } from './checkpoint.ts';
import { signedHeadSchema } from './signed-heads.ts';

/** The chains that a head or a checkpoint speaks of; undefined: it is neither, which whoever verifies must see. */
export function signedDocumentChains(content: unknown): readonly string[] | undefined {
  const head = signedHeadSchema.safeParse(content);
  if (head.success) return head.data.entries.map(({ promotionId }) => promotionId);
  const checkpoint = checkpointSchema.safeParse(content);
  return checkpoint.success ? checkpoint.data.chains.map(({ promotionId }) => promotionId) : undefined;
}
