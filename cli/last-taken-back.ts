import type { Session } from './session.ts';

const mostLooked = 100;

/** The promotion that was taken back last, of all or in one environment; undefined: none was. */
export async function lastTakenBack(
  { service, actor }: Session,
  place: { readonly application?: string; readonly environment?: string },
): Promise<string | undefined> {
  const promotions = await service.list(actor, { ...place, kinds: ['promote', 'rollback'], limit: mostLooked });
  const found = promotions.find(({ state }) => state === 'ROLLED_BACK');
  return found?.rollbackOf ?? found?.id;
}
