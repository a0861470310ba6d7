import type { Pool } from 'pg';
import { TransitionWriter } from '../../../../engine/store/postgres/transition-writer.ts';
import { Draft } from '../../../../engine/workflow/draft.ts';
import type { CommitOutcome, Transition } from '../../../../engine/workflow/transition.ts';
import { sampleDefinition, samplePromotion } from '../../workflow/sample-promotion.ts';

/** A database that answers when it is told to, and counts what it is asked at once. */
class SlowPool {
  readonly batches: (readonly string[])[] = [];
  readonly #answers: (() => void)[] = [];

  query({ values }: { readonly values: readonly string[] }): Promise<{ rows: { outcomes: CommitOutcome[] }[] }> {
    const heads = JSON.parse(values[0] ?? '[]') as { promotionId: string; expectedVersion: number }[];
    this.batches.push(heads.map(({ promotionId }) => promotionId));
    const outcomes = heads.map(({ expectedVersion }) => {
      return { outcome: 'applied' as const, version: expectedVersion + 1, fence: 1 };
    });
    return new Promise((resolve) => {
      this.#answers.push(() => {
        resolve({ rows: [{ outcomes }] });
      });
    });
  }

  answerNext(): void {
    this.#answers.shift()?.();
  }
}

function transitionOf(number: number): Transition {
  const record = { ...samplePromotion(sampleDefinition([])), id: `prm-${String(number)}`, version: number };
  return new Draft(record, new Date(0), 1).toTransition(1);
}

function opened(): { readonly pool: SlowPool; readonly writer: TransitionWriter } {
  const pool = new SlowPool();
  return { pool, writer: new TransitionWriter(pool as unknown as Pool) };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

it('shares what arrives together out among two commits, so that neither side waits for the other', async () => {
  const { pool, writer } = opened();
  const commits = numbers(20).map((number) => writer.commit(transitionOf(number)));
  await nextTurn();
  expect(pool.batches.map(({ length }) => length)).toEqual([10, 10]);
  pool.answerNext();
  pool.answerNext();
  expect((await Promise.all(commits)).map((each) => each.outcome === 'applied' && each.version)).toEqual(
    numbers(20).map((number) => number + 1),
  );
});

it('sends a few together, since a round trip of their own would cost more than it saves', async () => {
  const { pool, writer } = opened();
  const commits = numbers(4).map((number) => writer.commit(transitionOf(number)));
  await nextTurn();
  expect(pool.batches.map(({ length }) => length)).toEqual([4]);
  pool.answerNext();
  await Promise.all(commits);
});

it('has what arrives while both are under way wait and go together with the next one, in order', async () => {
  const { pool, writer } = opened();
  const first = numbers(8).map((number) => writer.commit(transitionOf(number)));
  await nextTurn();
  const later = [8, 9, 10].map((number) => writer.commit(transitionOf(number)));
  await nextTurn();
  expect(pool.batches).toHaveLength(2);
  pool.answerNext();
  await Promise.all(first.slice(0, 4));
  while (pool.batches.length === 2) await nextTurn();
  expect(pool.batches[2]).toEqual(['prm-8', 'prm-9', 'prm-10']);
  pool.answerNext();
  pool.answerNext();
  await Promise.all([...first, ...later]);
});
