import { StaleFenceError, type Effect } from '../../workflow/fence.ts';

/** The highest fence that each place of a simulated world has seen, as every real target keeps it. */
export class Fences {
  readonly #highest = new Map<string, number>();

  /** @throws StaleFenceError */
  take(place: string, { fence }: Pick<Effect, 'fence'>): void {
    const highest = this.#highest.get(place) ?? -1;
    if (fence < highest) throw new StaleFenceError(place, fence, highest);
    this.#highest.set(place, fence);
  }
}
