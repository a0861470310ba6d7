export interface FreshRowsPorts {
  /** Asks how rows are now, and shows them so. */
  renew(applications: readonly string[]): Promise<void>;
}

/** More rows than these are not asked for at once. */
const mostRows = 100;

/**
 * Which rows are not known to be as they are now. Those in sight are asked for, however many others there are; the others
 * when they come into sight.
 */
export class FreshRows {
  readonly #ports: FreshRowsPorts;
  readonly #due = new Set<string>();
  #inSight: readonly string[] = [];
  #asking: Promise<void> | undefined;

  constructor(ports: FreshRowsPorts) {
    this.#ports = ports;
  }

  /** What whoever looks has before him now. */
  look(inSight: readonly string[]): Promise<void> {
    this.#inSight = inSight;
    return this.#renew();
  }

  /** Something has changed in rows. */
  change(applications: Iterable<string>): Promise<void> {
    for (const application of applications) this.#due.add(application);
    return this.#renew();
  }

  #renew(): Promise<void> {
    this.#asking ??= this.#renewAll().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #renewAll(): Promise<void> {
    for (;;) {
      const asked = this.#inSight.filter((application) => this.#due.has(application)).slice(0, mostRows);
      if (asked.length === 0) return;
      // What changes while they are asked for is due again.
      for (const application of asked) this.#due.delete(application);
      try {
        await this.#ports.renew(asked);
      } catch {
        for (const application of asked) this.#due.add(application);
        return;
      }
    }
  }
}
