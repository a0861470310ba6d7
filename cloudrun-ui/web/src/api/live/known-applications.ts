/** More promotions than these are not kept in mind. */
const mostKnown = 10_000;

/** To which application a promotion belongs, which never changes: learnt from whatever is shown, and asked where it is not. */
export class KnownApplications {
  readonly #known = new Map<string, string>();
  readonly #ask: (promotionId: string) => Promise<string | undefined>;

  /** @param ask answers undefined for a promotion that whoever looks may not see. */
  constructor(ask: (promotionId: string) => Promise<string | undefined>) {
    this.#ask = ask;
  }

  readonly find = (promotionId: string): string | undefined => this.#known.get(promotionId);

  learn(promotions: Iterable<{ readonly id: string; readonly application: string }>): void {
    for (const { id, application } of promotions) this.#known.set(id, application);
    for (const id of this.#known.keys()) {
      if (this.#known.size <= mostKnown) break;
      this.#known.delete(id);
    }
  }

  /**
   * The applications of promotions. Each that is not known is asked for once.
   * @returns undefined when so many are not known that asking costs more than looking at everything.
   */
  async of(promotionIds: Iterable<string>, mostAsked: number): Promise<ReadonlySet<string> | undefined> {
    const ids = [...promotionIds];
    const unknown = ids.filter((id) => !this.#known.has(id));
    if (unknown.length > mostAsked) return undefined;
    const asked = await Promise.all(unknown.map(async (id) => ({ id, application: await this.#ask(id) })));
    // What somebody may not see has no application for him; the empty one is nobody's.
    this.learn(asked.map(({ id, application = '' }) => ({ id, application })));
    return new Set(ids.flatMap((id) => this.#known.get(id) ?? []).filter((application) => application !== ''));
  }
}
