import type { OpenItemFilter, StoredOpenItem } from '../store/open-item-store.ts';
import { isInSight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { storable } from '../workflow/storable.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError } from './service-errors.ts';

/** What has to be done after promotions and was not yet, oldest first. */
export async function listOpenItems(
  context: ServiceContext,
  actor: Actor,
  filter: OpenItemFilter,
): Promise<readonly StoredOpenItem[]> {
  const { application = '*', environment = '*', id = '', promotionId = '' } = filter;
  for (const text of [application, environment, id, promotionId]) refuseUnprintable('name or id', text);
  const sight = await requireToLook(context, actor, { application, environment });
  const items = await context.store.openItems(filter);
  return items.filter((item) => isInSight(sight, item.application, item.environment));
}

/** Says that something that was left to do is done, and how. @returns the item as it was. */
export async function closeItem(
  context: ServiceContext,
  actor: Actor,
  id: string,
  note: string,
): Promise<StoredOpenItem> {
  refuseUnprintable('open item', id);
  const [item] = await context.store.openItems({ id });
  if (item === undefined) {
    // Whether it ever was is nobody's business who may not close it anywhere.
    await context.authorizer.require(actor, 'close-item', { application: '*', environment: '*' });
    throw new NotFoundError(`there is no open item ${id}; promote status shows those there are`);
  }
  const { application, environment, promotionId, kind, detail } = item;
  await context.authorizer.require(actor, 'close-item', { application, environment });
  if (kind === 'checklist') {
    throw new RefusedError(`${id} is an item of a checklist; tick it: promote check ${promotionId} "${detail}"`);
  }
  const how = storable(note.trim());
  if (how === '') throw new RefusedError('say how it was done, with --note');
  const data = { item: id, kind, promotionId, application, environment, note: how };
  const event = { at: context.clock.now(), type: 'item-closed', actor, data };
  if (await context.store.closeOpenItem(id, how, event)) return item;
  throw new RefusedError(`somebody closed ${id} a moment ago`);
}
