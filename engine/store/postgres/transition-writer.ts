import { DatabaseError, type Pool } from 'pg';
import type { CommitOutcome, Transition } from '../../workflow/transition.ts';
import { followUpArgument } from './follow-up-json.ts';
import { transitionArguments } from './transition-json.ts';

interface Waiting {
  readonly transition: Transition;
  readonly resolve: (outcome: CommitOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Postgres errors after which the same statement, alone, may succeed: deadlock and serialisation. */
const transientStates = new Set(['40P01', '40001']);

/** Fewer than these are not worth a round trip of their own beside another one. */
const smallestShare = 4;

/**
 * Commits transitions. Those that arrive while commits are under way share the next one, so that many promotions side
 * by side cost one round trip and one disk flush, and a lone one waits for nobody. What arrives together is shared out
 * among the commits that may be under way: promotions that went on in step would have this process wait for the database
 * and the database for this process.
 */
export class TransitionWriter {
  readonly #pool: Pool;
  readonly #maximumInFlight: number;
  readonly #waiting: Waiting[] = [];
  #inFlight = 0;
  #isFlushScheduled = false;

  constructor(pool: Pool, maximumInFlight = 2) {
    this.#pool = pool;
    this.#maximumInFlight = maximumInFlight;
  }

  commit(transition: Transition): Promise<CommitOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ transition, resolve, reject });
      this.#scheduleFlush();
    });
  }

  /** Not at once: all that goes on with the answer to one batch can then go into the next one together. */
  #scheduleFlush(): void {
    if (this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    setImmediate(() => {
      this.#isFlushScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#inFlight < this.#maximumInFlight) {
      const share = Math.ceil(this.#waiting.length / (this.#maximumInFlight - this.#inFlight));
      this.#commitTogether(this.#waiting.splice(0, Math.max(share, smallestShare)));
    }
  }

  #commitTogether(batch: readonly Waiting[]): void {
    this.#inFlight += 1;
    this.#write(batch)
      .catch((error: unknown) => {
        for (const each of batch) each.reject(error);
      })
      .finally(() => {
        this.#inFlight -= 1;
        this.#scheduleFlush();
      });
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#send(batch);
      for (const [index, each] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) each.reject(new Error('the store answered fewer outcomes than transitions'));
        else each.resolve(outcome);
      }
    } catch (error) {
      // Without the database's own answer nobody knows whether the batch was committed: sending it again could apply a
      // change twice. Whoever waits resumes from what is stored.
      if (!(error instanceof DatabaseError)) throw error;
      if (batch.length === 1 && !isTransient(error)) throw error;
      // One bad transition, or a deadlock between two batches, must not take the others with it.
      for (const each of batch) {
        try {
          const [outcome] = await this.#send([each]);
          if (outcome === undefined) throw error;
          each.resolve(outcome);
        } catch (ownError) {
          each.reject(ownError);
        }
      }
    }
  }

  async #send(batch: readonly Waiting[]): Promise<readonly CommitOutcome[]> {
    const transitions = batch.map(({ transition }) => transition);
    const { rows } = await this.#pool.query<{ outcomes: CommitOutcome[] }>(statementFor(transitions));
    return rows[0]?.outcomes ?? [];
  }
}

/** Only what ends has anything to do beside itself, and most transitions end nothing. */
function statementFor(transitions: readonly Transition[]): {
  readonly name: string;
  readonly text: string;
  readonly values: string[];
} {
  const values = [...transitionArguments(transitions)];
  if (transitions.every(({ record, followUps }) => record.endedAt === undefined && followUps.length === 0)) {
    const text = 'select apply_transitions($1::jsonb, $2::jsonb, $3::jsonb, $4::jsonb) as outcomes';
    return { name: 'apply-transitions', text, values };
  }
  const text =
    'select apply_transitions_with_follow_ups($1::jsonb, $2::jsonb, $3::jsonb, $4::jsonb, $5::jsonb) as outcomes';
  return { name: 'apply-transitions-with-follow-ups', text, values: [...values, followUpArgument(transitions)] };
}

function isTransient(error: DatabaseError): boolean {
  return error.code !== undefined && transientStates.has(error.code);
}
