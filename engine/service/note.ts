import { createHash } from 'node:crypto';
import type { Actor } from '../workflow/actor.ts';
import { storable } from '../workflow/storable.ts';
import type { Note } from '../workflow/step-queries.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/** Longer ones belong into a document that the note points at. */
const longestNote = 4000;

export interface NoteRequest {
  readonly promotionId: string;
  readonly text: string;
  /** The same key again writes nothing again. Default: every request is one of its own. */
  readonly idempotencyKey?: string | undefined;
}

/** Writes down what somebody did or saw, into the audit trail of a promotion; also when it has ended. */
export async function noteDown(
  context: ServiceContext,
  actor: Actor,
  { promotionId, text, idempotencyKey }: NoteRequest,
): Promise<Note> {
  const { application, toEnvironment } = await loadPromotion(context, promotionId);
  await context.authorizer.require(actor, 'note', { application, environment: toEnvironment });
  const said = storable(text.trim());
  if (said === '') throw new RefusedError('a note must say something');
  if (said.length > longestNote) {
    throw new RefusedError(`a note has at most ${String(longestNote)} characters; this one has ${String(said.length)}`);
  }
  const request = idempotencyKey === undefined ? undefined : requestOf(actor, idempotencyKey);
  let note: Note = { by: actor.id, text: said, at: context.clock.now() };
  await changePromotion(context, promotionId, async (draft) => {
    const written = request === undefined ? undefined : await findNote(context, promotionId, request);
    if (written === undefined)
      draft.append('note', actor, { text: said, ...(request === undefined ? {} : { request }) });
    else note = written;
  });
  return note;
}

/** Keys are made up by whoever sends them, so that they mean something only together with him. */
function requestOf({ id }: Actor, key: string): string {
  return createHash('sha256').update(`${id}\n${key}`).digest('hex').slice(0, 32);
}

async function findNote({ store }: ServiceContext, promotionId: string, request: string): Promise<Note | undefined> {
  return (await store.notes(promotionId)).find((note) => note.request === request);
}
