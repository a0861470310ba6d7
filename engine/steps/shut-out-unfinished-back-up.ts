import type { StepContext } from '../workflow/step-definition.ts';
import { plannedBackUpFolder } from './back-up-folder.ts';

/**
 * A back-up that was cut off has nothing to take back, so no compensation takes its fences; whoever slept in it would
 * write one when the promotion is long over. One that was finished was finished under newer fences than any sleeper's.
 */
export async function shutOutUnfinishedBackUp({ promotion, ports, effect }: StepContext<unknown>): Promise<void> {
  const backUp = promotion.steps.find(({ name }) => name === 'back-up');
  if (backUp === undefined || ['pending', 'skipped', 'done'].includes(backUp.status)) return;
  const { database } = promotion.definition.target;
  if (database !== undefined) await ports.database.fence(database, effect);
  await ports.documents.fence(plannedBackUpFolder(promotion), effect);
}
