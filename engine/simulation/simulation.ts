import { createHash, randomUUID } from 'node:crypto';
import { Authorizer } from '../authorization.ts';
import type { Evidence, EvidenceFact } from '../evidence/evidence.ts';
import { PromotionService } from '../promotion-service.ts';
import type { Release, ReleaseContent } from '../release.ts';
import type { Rules } from '../rules/schema.ts';
import { promoteVerified } from '../service/auto-promotion.ts';
import { evidenceAdded } from '../service/evidence-added.ts';
import type { ServiceContext } from '../service/service-context.ts';
import { builtInSteps } from '../steps/built-in-steps.ts';
import type { PostgresStore } from '../store/postgres/postgres-store.ts';
import type { VirtualTime } from '../store/postgres/virtual-time.ts';
import type { Actor } from '../workflow/actor.ts';
import { VirtualClock } from '../workflow/clock.ts';
import { environmentTarget } from '../workflow/compile-target.ts';
import type { Engine } from '../workflow/run-promotion.ts';
import { engineStateVersion } from '../workflow/state-version.ts';
import { StepRegistry } from '../workflow/step-registry.ts';
import { Worker } from '../workflow/worker.ts';
import { SimulatedSigners, withSimulatedKeys } from './world/simulated-signers.ts';
import { simulateWorld, type SimulatedWorld } from './world/simulated-world.ts';

/** Whoever sets a simulation up. */
export const narrator: Actor = { id: 'scenario', verified: true, roles: ['admin', 'operator'], via: 'engine' };

/** A database that nothing else uses, and its clock. */
export interface SimulationDatabase {
  readonly store: PostgresStore;
  readonly time: VirtualTime;
}

/** Something went wrong with the engine itself, which no scenario asked for. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}

/** More moments than this at which something happens by itself are a circle, not a scenario. */
const mostMoments = 200_000;

/**
 * The engine as it is (service, worker, steps, store, SQL) on a clock that stands still until it is moved. What it waits
 * for happens at its own moment, in order; nothing outside is real.
 */
export class Simulation {
  readonly service: PromotionService;
  readonly store: PostgresStore;
  readonly rules: Rules;
  readonly application: string;
  readonly world: SimulatedWorld;
  readonly context: ServiceContext;
  readonly #time: VirtualTime;
  readonly #clock: VirtualClock;
  readonly #worker: () => Worker;
  readonly #failures: Error[] = [];
  #moments = 0;

  /** @param start when it begins, which is where the clock of the database must stand. */
  constructor({ store, time }: SimulationDatabase, tested: Rules, application: string, start: Date) {
    const signers = new SimulatedSigners();
    const rules = withSimulatedKeys(tested, signers);
    this.store = store;
    this.rules = rules;
    this.application = application;
    this.#time = time;
    this.#clock = new VirtualClock(start);
    this.world = simulateWorld(rules, application, this.#clock, signers);
    this.context = {
      store,
      authorizer: new Authorizer(store, false),
      rules: { current: () => Promise.resolve(rules) },
      steps: builtInSteps,
      ports: this.world.ports,
      // No scenario tests an environment.
      testing: { http: { call: notSimulated }, tokens: { sign: notSimulated }, clock: this.#clock },
      clock: this.#clock,
      stateVersion: engineStateVersion,
      dispatch: () => Promise.resolve(),
    };
    this.service = new PromotionService(this.context);
    const engine: Engine = {
      store,
      ports: this.world.ports,
      steps: new StepRegistry(builtInSteps),
      clock: this.#clock,
      stateVersion: engineStateVersion,
      random: () => 0.5,
    };
    this.#worker = () =>
      new Worker(engine, {
        owner: 'simulation',
        concurrency: 1,
        onError: (_, error) => {
          this.#failures.push(error instanceof Error ? error : new Error(String(error)));
        },
      });
  }

  now(): Date {
    return this.#clock.now();
  }

  /** Lets time pass up to a moment, with everything that happens by itself meanwhile. @throws SimulationError */
  async advanceTo(at: Date): Promise<void> {
    for (;;) {
      const next = await this.#nextMoment();
      if (next === undefined || next > at) break;
      await this.#moveTo(next);
      await this.settle();
    }
    await this.#moveTo(at);
    await this.settle();
  }

  /** Runs whatever is due now, until everything waits. @throws SimulationError */
  async settle(): Promise<void> {
    await this.#work();
    if (!this.rules.paths.some(({ autoPromote }) => autoPromote)) return;
    await promoteVerified(this.context);
    await this.#work();
  }

  /** A release by its name. @throws when there is none. */
  async release(name: string): Promise<Release> {
    const release = await this.store.findRelease(this.application, name);
    if (release === undefined) throw new Error(`there is no release ${name}`);
    return release;
  }

  /**
   * A release whose images are nothing but names, one for each service of the application; the one that is there already
   * when it was brought before.
   * @param createdAt of two releases the one that was created later is the newer one.
   */
  async bringRelease(name: string, authors: readonly string[], createdAt: Date): Promise<Release> {
    const known = await this.store.findRelease(this.application, name);
    if (known !== undefined) return known;
    await this.#time.set(createdAt);
    try {
      return await this.#createRelease(name, authors);
    } finally {
      await this.#time.set(this.now());
    }
  }

  async #createRelease(name: string, authors: readonly string[]): Promise<Release> {
    const services = this.rules.applications.find((each) => each.name === this.application)?.services ?? [];
    const content: ReleaseContent = {
      images: services.map(({ name: service }) => ({
        service,
        image: service,
        digest: digestOf(`${name} ${service}`),
      })),
      configuration: {},
      flags: [],
      source: { repository: 'simulated', commit: digestOf(name).slice('sha256:'.length, 47), authors: [...authors] },
    };
    await this.store.createApplication(this.application);
    return this.store.createRelease({
      id: `rel-${randomUUID()}`,
      application: this.application,
      name,
      digest: digestOf(`${this.application} ${name}`),
      content,
      createdBy: narrator.id,
    });
  }

  /** Has every image of a release signed. */
  async sign(release: Release, signers: readonly string[]): Promise<void> {
    const { images } = release.content;
    for (const { digest } of images) this.world.facts.signImage(digest, signers);
    const collectedAt = this.now();
    const facts = images.flatMap(({ digest }) =>
      signers.map((signer) => ({
        fact: { kind: 'signature', digest, signer, isVerified: true } as const,
        collectedAt,
      })),
    );
    await this.addEvidence(release, facts);
  }

  /** Has a release contain the changes of others. @throws when one of them is not there */
  async contain(release: Release, names: readonly string[]): Promise<void> {
    const others = await Promise.all(names.map((name) => this.release(name)));
    const commits = others.flatMap(({ content }) => content.source?.commit ?? []);
    this.world.facts.addHistory(release.content.source?.commit ?? '', commits);
  }

  async addEvidence(
    release: Release,
    facts: readonly { readonly fact: EvidenceFact; readonly collectedAt: Date }[],
  ): Promise<void> {
    if (facts.length === 0) return;
    const evidence = facts.map(({ fact, collectedAt }): Evidence => ({
      id: randomUUID(),
      releaseDigest: release.digest,
      collectedAt,
      source: 'scenario',
      fact,
    }));
    await this.store.addEvidence(this.application, evidence, evidenceAdded(narrator, this.now(), release, evidence));
  }

  /** Has a release run in an environment, verified there at a moment. */
  async verify(release: Release, environment: string, at: Date): Promise<void> {
    const { application } = this;
    const target = environmentTarget(this.rules, application, environment);
    const { ports, deployment } = this.world;
    const services = release.content.images.map(({ service, image, digest }) => {
      return { name: service, repository: `${target.registry}/${image}`, digest };
    });
    const { signal } = new AbortController();
    const { repository, branch } = target.configuration;
    const configurationCommit = await ports.configuration(repository).head(branch, signal);
    deployment.bring(environment, { application, release: release.name, configurationCommit, services });
    const data = { application, environment, release: release.name, digest: release.digest };
    const event = { at, type: 'adopted', actor: narrator, data };
    await this.store.recordBaseline({ application, environment, releaseId: release.id }, event);
  }

  async #moveTo(at: Date): Promise<void> {
    const seconds = (at.getTime() - this.now().getTime()) / 1000;
    if (seconds <= 0) return;
    this.#clock.advance(seconds);
    await this.#time.set(at);
  }

  async #work(): Promise<void> {
    await this.#worker().run();
    const [failure] = this.#failures;
    if (failure === undefined) return;
    throw new SimulationError(`the engine itself failed: ${failure.message}`, { cause: failure });
  }

  /** When something happens next by itself. */
  async #nextMoment(): Promise<Date | undefined> {
    this.#moments += 1;
    if (this.#moments > mostMoments) throw new SimulationError('something happens again and again, without an end');
    const due = await this.#time.nextDue();
    const moments = [due, ...(await this.#autoPromotionMoments())].filter((each) => each !== undefined);
    return moments.toSorted((a, b) => a.getTime() - b.getTime())[0];
  }

  /** When a release has soaked for long enough to move on by itself, and when what keeps it there ends. */
  async #autoPromotionMoments(): Promise<readonly Date[]> {
    const paths = this.rules.paths.filter(({ autoPromote }) => autoPromote);
    if (paths.length === 0) return [];
    const now = this.now();
    const environments = await this.store.environments(this.application);
    const soaked = paths.flatMap(({ from, soakSeconds }) => {
      const verifiedAt = environments.find(({ name }) => name === from)?.verifiedAt;
      return verifiedAt === undefined ? [] : [new Date(verifiedAt.getTime() + soakSeconds * 1000)];
    });
    const held = await Promise.all(
      paths.map(async ({ to }) => {
        const { holds } = await this.store.declarations(this.application, to, now);
        const rule = this.rules.environments.find(({ name }) => name === to)?.hold?.until;
        return [...holds.map(({ until }) => until), rule === undefined ? undefined : new Date(rule)];
      }),
    );
    return [...soaked, ...held.flat()].filter((at) => at !== undefined && at > now).flatMap((at) => at ?? []);
  }
}

function notSimulated(): never {
  throw new SimulationError('a simulation calls nothing outside');
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
