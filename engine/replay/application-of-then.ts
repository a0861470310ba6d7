import type { Release } from '../release.ts';
import type { DeclaredPast } from './declared-past.ts';
import { Instant } from './instant.ts';
import type { ApplicationPast } from './past.ts';
import { PastStore } from './past-store.ts';
import { UnknownFacts } from './unknown-facts.ts';

/** All that is remembered of one application, at a moment that may be moved. */
export class ApplicationOfThen {
  readonly clock = new Instant(new Date(0));
  readonly unknown = new UnknownFacts();
  readonly store: PastStore;
  readonly declared: DeclaredPast;
  readonly releases: readonly Release[];

  constructor(past: ApplicationPast, declared: DeclaredPast) {
    this.declared = declared;
    this.releases = past.releases;
    this.store = new PastStore(past, declared, this.clock, this.unknown);
  }
}
