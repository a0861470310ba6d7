import type { Evidence } from '../evidence/evidence.ts';
import type { Waiver } from '../evidence/waiver.ts';
import type { Release } from '../release.ts';
import type { Declarations } from '../schedule/schedule.ts';
import type { AdmissionStore } from '../service/service-context.ts';
import type { RoleBinding } from '../store/role-store.ts';
import type { EnvironmentState } from '../store/service-store.ts';
import type { Clock } from '../workflow/clock.ts';
import type { ChecklistTick } from '../workflow/environment-record.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { DeployedRelease, PromotedHotfix, StepQueries, Vote } from '../workflow/step-queries.ts';
import type { DeclaredPast } from './declared-past.ts';
import type { ApplicationPast, PastDeployment, RecordedEvidence } from './past.ts';
import type { UnknownFacts } from './unknown-facts.ts';

/** What people have done with a promotion so far. */
export interface PeopleOfPromotion {
  readonly votes: readonly Vote[];
  readonly ticks: readonly ChecklistTick[];
}

/** As many as the engine looks back. */
const mostDeployments = 100;

/**
 * The engine's memory of one application as it stood at the moment that a clock shows. What was written later is not
 * there yet; what is there and may have been written later is not known.
 */
export class PastStore implements AdmissionStore, StepQueries {
  readonly #past: ApplicationPast;
  readonly #declared: DeclaredPast;
  readonly #clock: Clock;
  readonly #unknown: UnknownFacts;
  readonly #releases: ReadonlyMap<string, Release>;
  readonly #evidence: ReadonlyMap<string, readonly RecordedEvidence[]>;
  readonly #deployments: ReadonlyMap<string, readonly PastDeployment[]>;
  #people: PeopleOfPromotion = { votes: [], ticks: [] };

  constructor(past: ApplicationPast, declared: DeclaredPast, clock: Clock, unknown: UnknownFacts) {
    this.#past = past;
    this.#declared = declared;
    this.#clock = clock;
    this.#unknown = unknown;
    this.#releases = new Map(past.releases.map((release) => [release.id, release]));
    this.#evidence = Map.groupBy(past.evidence, ({ releaseDigest }) => releaseDigest);
    this.#deployments = Map.groupBy(past.deployments, ({ environment }) => environment);
  }

  async findRelease(_: string, name: string): Promise<Release | undefined> {
    const found = this.#past.releases.find((release) => release.name === name);
    return found === undefined ? undefined : this.#asOfNow(found);
  }

  async listReleases(): Promise<readonly Release[]> {
    return this.#past.releases.map((release) => this.#asOfNow(release));
  }

  async deployedReleases(_: string, environment: string): Promise<readonly DeployedRelease[]> {
    const now = this.#clock.now();
    return (this.#deployments.get(environment) ?? [])
      .filter(({ deployedAt }) => deployedAt <= now)
      .slice(0, mostDeployments)
      .flatMap(({ releaseId, promotionId, deployedAt, verifiedAt }): readonly DeployedRelease[] => {
        const release = this.#releases.get(releaseId);
        if (release === undefined) return [];
        const verified = verifiedAt.findLast((at) => at <= now);
        return [{ release: this.#asOfNow(release), promotionId, deployedAt, verifiedAt: verified }];
      });
  }

  async environments(application: string): Promise<readonly Pick<EnvironmentState, 'release'>[]> {
    const running = await Promise.all(
      [...this.#deployments.keys()].toSorted().map((name) => this.deployedReleases(application, name)),
    );
    return running.map(([newest]) => ({ release: newest?.release }));
  }

  async load(promotionId: string): Promise<Pick<PromotionRecord, 'lane'> | undefined> {
    const lane = this.#past.deployments.find((each) => each.promotionId === promotionId)?.lane;
    return lane === undefined ? undefined : { lane };
  }

  async roleBindings(subject: string): Promise<readonly RoleBinding[]> {
    return this.#declared.bindings(this.#clock.now(), (binding) => binding.subject === subject);
  }

  async holdersOf(role: string, application: string, environment: string): Promise<readonly string[]> {
    const bindings = this.#declared.bindings(
      this.#clock.now(),
      (binding) =>
        binding.role === role &&
        ['*', application].includes(binding.application) &&
        ['*', environment].includes(binding.environment),
    );
    return [...new Set(bindings.map(({ subject }) => subject))];
  }

  /** @throws UnknownFactError when evidence of the release may have been recorded later */
  async evidence(releaseDigest: string): Promise<readonly Evidence[]> {
    const now = this.#clock.now();
    const newest = new Map<string, RecordedEvidence>();
    for (const each of this.#evidence.get(releaseDigest) ?? []) {
      if (each.recordedAt === undefined) {
        // What was collected later was recorded later, too.
        if (each.collectedAt > now) continue;
        throw this.#unknown.ask('the times at which some evidence of the release was recorded');
      }
      if (each.recordedAt > now) continue;
      const before = newest.get(each.id);
      if (before === undefined || isNewer(each, before)) newest.set(each.id, each);
    }
    return [...newest.values()]
      .map(({ recordedAt: _, ...evidence }) => evidence)
      .toSorted((a, b) => b.collectedAt.getTime() - a.collectedAt.getTime() || (a.id < b.id ? -1 : 1));
  }

  /** Those that were given by then; one that was revoked later was valid. */
  async waivers(): Promise<readonly Waiver[]> {
    const now = this.#clock.now();
    return this.#past.waivers
      .filter(({ createdAt }) => createdAt !== undefined && createdAt <= now)
      .map((waiver) => {
        const { revoked } = waiver;
        return revoked !== undefined && revoked.at > now ? { ...waiver, revoked: undefined } : waiver;
      });
  }

  /** @throws UnknownFactError */
  async findingsFirstSeen(
    _: string,
    kind: 'findings' | 'bugs',
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Date>> {
    const now = this.#clock.now();
    const wanted = new Set(ids);
    const first = new Map<string, Date>();
    for (const { fact, recordedAt, collectedAt } of this.#past.evidence) {
      if (fact.kind !== kind || (recordedAt !== undefined && recordedAt > now)) continue;
      for (const { id } of fact.items ?? []) {
        if (!wanted.has(id)) continue;
        if (recordedAt === undefined) throw this.#unknown.ask('the times at which some evidence was recorded');
        const before = first.get(id);
        if (before === undefined || collectedAt < before) first.set(id, collectedAt);
      }
    }
    return first;
  }

  async declarations(application: string, environment: string, at: Date): Promise<Declarations> {
    return this.#declared.declarations(application, environment, at);
  }

  async hotfixes(): Promise<readonly PromotedHotfix[]> {
    const now = this.#clock.now();
    const first = new Map<string, PromotedHotfix>();
    for (const { promotionId, releaseId, standsOn, endedAt } of this.#past.hotfixes) {
      const found = this.#releases.get(releaseId);
      if (endedAt > now || first.has(releaseId) || found === undefined) continue;
      const release = this.#asOfNow(found);
      if (release.bad === undefined) first.set(releaseId, { promotionId, release, standsOn });
    }
    return [...first.values()];
  }

  /** From here on it is asked about the promotion that these people vote and tick in. */
  attend(people: PeopleOfPromotion): void {
    this.#people = people;
  }

  async votes(): Promise<readonly Vote[]> {
    return this.#people.votes;
  }

  async ticks(): Promise<readonly ChecklistTick[]> {
    return this.#people.ticks;
  }

  notes(): Promise<never> {
    return Promise.reject(this.#unknown.ask('notes'));
  }

  movedSincePlan(): Promise<never> {
    return Promise.reject(this.#unknown.ask('what moved an environment'));
  }

  spokenFor(): Promise<never> {
    return Promise.reject(this.#unknown.ask('who spoke for whom'));
  }

  events(): Promise<never> {
    return Promise.reject(this.#unknown.ask('entries of the audit trail'));
  }

  changesOf(): Promise<never> {
    return Promise.reject(this.#unknown.ask('changes'));
  }

  openItems(): Promise<never> {
    return Promise.reject(this.#unknown.ask('open items'));
  }

  plan(): Promise<never> {
    return Promise.reject(this.#unknown.ask('plans'));
  }

  #asOfNow(release: Release): Release {
    return this.#declared.release(release, this.#clock.now());
  }
}

/** As the store decides which of two collections of the same evidence it keeps. */
function isNewer(each: RecordedEvidence, before: RecordedEvidence): boolean {
  const [at, than] = [each.collectedAt.getTime(), before.collectedAt.getTime()];
  if (at !== than) return at > than;
  return (each.recordedAt?.getTime() ?? 0) > (before.recordedAt?.getTime() ?? 0);
}
