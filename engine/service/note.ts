import type { Actor } from '../workflow/actor.ts';
import { storable } from '../workflow/storable.ts';
import type { Note } from '../workflow/step-queries.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/** Longer ones belong into a document that the note points at. */
const longestNote = 4000;

/** Writes down what somebody did or saw, into the audit trail of a promotion; also when it has ended. */
export async function noteDown(
  context: ServiceContext,
  actor: Actor,
  promotionId: string,
  text: string,
): Promise<Note> {
  const { application, toEnvironment } = await loadPromotion(context, promotionId);
  await context.authorizer.require(actor, 'note', { application, environment: toEnvironment });
  const said = storable(text.trim());
  if (said === '') throw new RefusedError('a note must say something');
  if (said.length > longestNote) {
    throw new RefusedError(`a note has at most ${String(longestNote)} characters; this one has ${String(said.length)}`);
  }
  const at = context.clock.now();
  await changePromotion(context, promotionId, (draft) => {
    draft.append('note', actor, { text: said });
  });
  return { by: actor.id, text: said, at };
}
