import { createHash } from 'node:crypto';
import type { AnswerKey, AnswerStore } from '../../../engine/store/answer-store.ts';
import { ProblemError } from '../problems/problem.ts';
import type { Asked } from './endpoint.ts';
import type { ServerContext } from './serve-endpoint.ts';

/** Often enough that nobody takes it for given up while it is carried out. */
const usualRenewalMs = 4000;

/**
 * Carries a command out once under its idempotency key and answers the same from then on. What was refused was not carried
 * out, so that it can be asked for again under the same key.
 * @throws ProblemError when the key belongs to another request, or to one that is being carried out
 */
export async function answerOnce(
  answers: AnswerStore,
  context: ServerContext,
  { actor, body, idempotencyKey }: Asked<unknown, unknown, unknown>,
  answer: () => Promise<string>,
  renewedEveryMs = usualRenewalMs,
): Promise<string> {
  if (idempotencyKey === undefined) return answer();
  const key = { person: actor.id, key: idempotencyKey };
  const request = createHash('sha256')
    // The fields of a body that was understood are in the order of its schema, however they were sent.
    .update(`${context.req.path}\n${JSON.stringify(body)}`)
    .digest('hex');
  const claimed = await answers.claim(key, request);
  switch (claimed.kind) {
    case 'answered':
      context.header('Idempotent-Replayed', 'true');
      return claimed.answer;
    case 'other-request':
      throw new ProblemError('key-reused', `the idempotency key ${idempotencyKey} was sent with another request`, {
        remedy: 'make up a new key for each thing that you ask for',
      });
    case 'under-way':
      throw new ProblemError('key-in-use', 'the same request is being carried out', {
        remedy: 'send it again in a moment, with the same key, for its answer',
        headers: { 'Retry-After': '1' },
      });
    case 'claimed':
      break;
  }
  const text = await whileRenewing(answers, key, claimed.claim, answer, renewedEveryMs);
  // What was carried out is not given up when its answer cannot be kept: asked again, it is found to be done.
  await answers.keep(key, claimed.claim, text);
  return text;
}

async function whileRenewing(
  answers: AnswerStore,
  key: AnswerKey,
  claim: string,
  answer: () => Promise<string>,
  renewedEveryMs: number,
): Promise<string> {
  const timer = setInterval(() => {
    answers.renew(key, claim).catch(() => undefined);
  }, renewedEveryMs).unref();
  try {
    return await answer();
  } catch (error) {
    await answers.forget(key, claim).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
