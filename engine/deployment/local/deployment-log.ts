import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isSystemError } from '../../storage/system-error.ts';
import type { Clock } from '../../workflow/clock.ts';
import { deploymentEvents } from '../deployment-target.ts';
import { imageDigestSchema, labelSchema } from './deployment-record.ts';

const deploymentEventSchema = z.strictObject({
  at: z.iso.datetime(),
  generation: z.int().nonnegative(),
  event: z.enum(deploymentEvents),
  service: labelSchema.optional(),
  digest: imageDigestSchema.optional(),
  /** Why, where the event alone does not say it. */
  message: z.string().optional(),
});
export type DeploymentEvent = z.infer<typeof deploymentEventSchema>;

export const deploymentLogFile = 'deployment.log';

/**
 * What the platform really did in an environment, as JSON lines that are only ever added. It has one `accepted` line
 * per generation acted on, whatever died in between, so it bears witness to how often something was deployed.
 */
export class DeploymentLog {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #accepted: Set<number>;
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, clock: Clock, accepted: Set<number>) {
    this.#path = path;
    this.#clock = clock;
    this.#accepted = accepted;
  }

  static async open(folder: string, clock: Clock): Promise<DeploymentLog> {
    const path = join(folder, deploymentLogFile);
    const text = await readText(path);
    // A line that a power loss cut short must not swallow the next one.
    if (text !== '' && !text.endsWith('\n')) await appendFile(path, '\n');
    const accepted = eventsIn(text).filter(({ event }) => event === 'accepted');
    return new DeploymentLog(path, clock, new Set(accepted.map(({ generation }) => generation)));
  }

  /** Records that a generation is acted on. @returns false when that was recorded before. */
  async accept(generation: number): Promise<boolean> {
    if (this.#accepted.has(generation)) return false;
    this.#accepted.add(generation);
    await this.add({ generation, event: 'accepted' });
    return true;
  }

  async add(event: Omit<DeploymentEvent, 'at'>): Promise<void> {
    const line = `${JSON.stringify({ at: this.#clock.now().toISOString(), ...event } satisfies DeploymentEvent)}\n`;
    const written = this.#last.then(() => appendFile(this.#path, line, { mode: 0o600 }));
    this.#last = written.catch(() => undefined);
    await written;
  }
}

/** Every readable event of an environment's deployment log, oldest first. */
export async function readDeploymentLog(folder: string): Promise<readonly DeploymentEvent[]> {
  return eventsIn(await readText(join(folder, deploymentLogFile)));
}

function eventsIn(text: string): DeploymentEvent[] {
  return text.split('\n').flatMap((line) => {
    try {
      const event = deploymentEventSchema.safeParse(JSON.parse(line));
      return event.success ? [event.data] : [];
    } catch {
      return [];
    }
  });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return '';
    throw error;
  }
}
