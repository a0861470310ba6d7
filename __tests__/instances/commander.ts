import { setTimeout as pause } from 'node:timers/promises';
import type { Instance } from './instance.ts';

export interface Command {
  readonly path: string;
  readonly body: object;
  readonly person: string;
  /** The same for each time that it is sent. */
  readonly key: string;
}

/** What an instance answered to a command. */
export interface Outcome {
  readonly status: number;
  readonly text: string;
  /** Whether it was carried out before, and this is what was answered then. */
  readonly isReplayed: boolean;
  readonly by: Instance;
}

const againMs = 100;
const patienceMs = 5000;
/** A claim of an instance that was killed is given up after 15 seconds. */
const longestMs = 40_000;

/** Sends a command to one instance after another until one answers it; none may have been carried out before it died. */
export async function give(command: Command, choose: () => Instance): Promise<Outcome> {
  const deadline = performance.now() + longestMs;
  while (performance.now() < deadline) {
    const outcome = await sendOnce(command, choose());
    if (outcome !== undefined && !mayBeSentAgain(outcome)) return outcome;
    await pause(againMs);
  }
  throw new Error(`nobody answers ${command.path} ${command.key}`);
}

/** @returns undefined: it is not known what became of it. */
async function sendOnce({ path, body, person, key }: Command, by: Instance): Promise<Outcome | undefined> {
  try {
    const answer = await fetch(`${by.url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Promotion-Request': '1',
        'X-Test-Person': person,
        'Idempotency-Key': key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await answer.text();
    return { status: answer.status, text, isReplayed: answer.headers.has('Idempotent-Replayed'), by };
  } catch {
    return undefined;
  }
}

function mayBeSentAgain({ status, text }: Outcome): boolean {
  return status >= 500 || (status === 409 && (JSON.parse(text) as { readonly code?: string }).code === 'key-in-use');
}
