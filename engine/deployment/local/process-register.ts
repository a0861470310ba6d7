import { join } from 'node:path';
import { z } from 'zod';
import { labelSchema } from './deployment-record.ts';
import { readRecord, writeRecord } from './record-file.ts';
import { stopProcesses } from './service-process.ts';

const registeredSchema = z.strictObject({
  token: z.uuid(),
  service: labelSchema,
  /** For people who look; processes are found by their token. */
  pid: z.int().positive().optional(),
});
type Registered = z.infer<typeof registeredSchema>;

const processesFile = 'processes.json';

/**
 * The processes of one environment, written down before they are started, so that a platform that was killed at any
 * moment finds in its next life what it left behind.
 */
export class ProcessRegister {
  readonly #path: string;
  readonly #processes = new Map<string, Registered>();
  #last: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#path = join(folder, processesFile);
  }

  /** Stops what an earlier life of the platform left running. @throws InvalidRecordError */
  async stopLeftovers(graceSeconds: number): Promise<readonly number[]> {
    const left = (await readRecord(this.#path, z.array(registeredSchema))) ?? [];
    const stopped = await stopProcesses(new Set(left.map(({ token }) => token)), graceSeconds);
    await this.#write();
    return stopped;
  }

  /** Returns when it is on disk: only then may the process be started, and again with its number once it has one. */
  async add(process: Registered): Promise<void> {
    this.#processes.set(process.token, process);
    await this.#write();
  }

  async remove(token: string): Promise<void> {
    this.#processes.delete(token);
    await this.#write();
  }

  #write(): Promise<void> {
    const written = this.#last.then(() => writeRecord(this.#path, [...this.#processes.values()]));
    this.#last = written.catch(() => undefined);
    return written;
  }
}
