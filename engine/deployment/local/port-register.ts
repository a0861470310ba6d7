import { join } from 'node:path';
import { z } from 'zod';
import { labelSchema } from './deployment-record.ts';
import type { LoopbackPorts } from './loopback-ports.ts';
import { readRecord, writeRecord } from './record-file.ts';

const portsSchema = z.record(labelSchema, z.int().min(1).max(65_535));
const portsFile = 'ports.json';

/** The stable port of each service of one environment, kept on disk so that its address outlives the platform. */
export class PortRegister {
  readonly #path: string;
  readonly #available: LoopbackPorts;
  readonly #chosen: Map<string, number>;

  private constructor(path: string, available: LoopbackPorts, chosen: Map<string, number>) {
    this.#path = path;
    this.#available = available;
    this.#chosen = chosen;
  }

  /** @throws InvalidRecordError */
  static async open(folder: string, available: LoopbackPorts): Promise<PortRegister> {
    const path = join(folder, portsFile);
    const chosen = new Map(Object.entries((await readRecord(path, portsSchema)) ?? {}));
    for (const port of chosen.values()) available.claim(port);
    return new PortRegister(path, available, chosen);
  }

  /** @param prescribed the port that the environment's settings name for the service, if they do. */
  async portOf(service: string, prescribed: number | undefined): Promise<number> {
    const known = prescribed ?? this.#chosen.get(service);
    if (known !== undefined) {
      this.#available.claim(known);
      return known;
    }
    const port = await this.#available.take();
    this.#chosen.set(service, port);
    await writeRecord(this.#path, Object.fromEntries(this.#chosen));
    return port;
  }
}
