/** Where a service is in its life: it is sent requests only while it serves, and takes no new ones once it stops. */
export class Phase {
  #current: 'starting' | 'serving' | 'stopping' = 'starting';

  get current(): 'starting' | 'serving' | 'stopping' {
    return this.#current;
  }

  serve(): void {
    if (this.#current === 'starting') this.#current = 'serving';
  }

  stop(): void {
    this.#current = 'stopping';
  }
}
