import { NotAuthorizedError } from '../authorization.ts';
import { roles as engineRoles, type Actor, type Role } from '../workflow/actor.ts';
import { NotFoundError, RefusedError, UnclearRequestError } from '../service/service-errors.ts';
import type { RoleBinding } from '../store/role-store.ts';
import type { Moments } from './moments.ts';
import type { EnvironmentChange, Scenario, ScenarioRelease, ScenarioStep } from './scenario-schema.ts';
import { narrator, type Simulation } from './simulation.ts';

/** How a step went: done, or refused in the engine's own words. */
export type ActionOutcome = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: string };

/** A scenario that names something it never made. */
export class ScenarioMistake extends Error {
  override readonly name = 'ScenarioMistake';
}

/** Does what the steps of one scenario say, through the engine's own door. */
export class ScenarioHands {
  readonly #simulation: Simulation;
  readonly #moments: Moments;
  readonly #people: Scenario['given']['people'];
  readonly #promotions = new Map<string, string>();
  #newest: string | undefined;

  constructor(simulation: Simulation, moments: Moments, { given }: Pick<Scenario, 'given'>) {
    this.#simulation = simulation;
    this.#moments = moments;
    this.#people = given.people;
  }

  /** Makes the world as it is at the start. */
  async prepare({ people, releases, environments, actions }: Scenario['given']): Promise<void> {
    const { store } = this.#simulation;
    for (const [subject, held] of Object.entries(people)) {
      for (const role of held.filter((each) => !isEngineRole(each))) {
        const binding: RoleBinding = { subject, role, application: '*', environment: '*' };
        const event = { at: this.#simulation.now(), type: 'role-bound', actor: narrator, data: { subject, role } };
        await store.bindRole(binding, event);
      }
    }
    this.#changeEnvironments(environments);
    this.#changeActions(actions);
    await this.#bring(releases, 1000);
  }

  /** @throws ScenarioMistake, SimulationError */
  async act(step: ScenarioStep): Promise<ActionOutcome> {
    try {
      await this.#perform(step);
      return { kind: 'done' };
    } catch (error) {
      if (isRefusal(error)) return { kind: 'refused', reason: error.message };
      throw error;
    }
  }

  /** The id of a promotion by the name that the scenario gave it, or of the newest one. @throws ScenarioMistake */
  async promotionId(label: string | undefined): Promise<string> {
    if (label !== undefined) {
      const id = this.#promotions.get(label);
      if (id !== undefined) return id;
      const known = [...this.#promotions.keys()].join(', ');
      throw new ScenarioMistake(
        `no step named a promotion ${label}; ${known === '' ? 'none has a name' : `there is ${known}`}`,
      );
    }
    const { store } = this.#simulation;
    const [byItself] = await store.listPromotions({ kinds: ['promote', 'rollback'], limit: 1 });
    const asked = this.#newest === undefined ? undefined : await store.load(this.#newest);
    if (asked === undefined && byItself === undefined)
      throw new ScenarioMistake('nobody has asked for a promotion yet');
    if (asked === undefined || (byItself !== undefined && byItself.createdAt > asked.createdAt))
      return byItself?.id ?? '';
    return asked.id;
  }

  async #perform(step: ScenarioStep): Promise<void> {
    const { service, application } = this.#simulation;
    const { run, approve, reject, tick, cancel, retry, rollback, hold, unhold } = step;
    if (run !== undefined) await this.#run(run);
    if (approve !== undefined) {
      const promotionId = await this.promotionId(approve.promotion);
      const { comment } = approve;
      await service.decide(this.#actor(approve.as), { promotionId, decision: 'approved', comment });
    }
    if (reject !== undefined) {
      const promotionId = await this.promotionId(reject.promotion);
      const { comment } = reject;
      await service.decide(this.#actor(reject.as), { promotionId, decision: 'rejected', comment });
    }
    if (tick !== undefined) {
      const { as, promotion, ...item } = tick;
      await service.tick(this.#actor(as), { promotionId: await this.promotionId(promotion), ...item });
    }
    if (cancel !== undefined) {
      await service.cancel(this.#actor(cancel.as), await this.promotionId(cancel.promotion), cancel.reason);
    }
    if (retry !== undefined) await service.retry(this.#actor(retry.as), await this.promotionId(retry.promotion));
    if (rollback !== undefined) {
      const { as, promotion, reason, name } = rollback;
      const id = await service.rollBack(this.#actor(as), { promotionId: await this.promotionId(promotion), reason });
      this.#remember(id, name);
    }
    if (hold !== undefined) {
      const { as, environment, reason, until } = hold;
      await service.hold(this.#actor(as), { application, environment, reason, until: this.#instant(until) });
    }
    if (unhold !== undefined) {
      await service.unhold(this.#actor(unhold.as), { application, environment: unhold.environment });
    }
    await this.#declare(step);
  }

  async #declare({ freeze, liftFreeze, waive, markBad, resume, ...facts }: ScenarioStep): Promise<void> {
    const { service, application } = this.#simulation;
    if (freeze !== undefined) {
      const { as, from, to, ...rest } = freeze;
      const span = { from: this.#instant(from), to: this.#instant(to) ?? this.#simulation.now() };
      await service.declareFreeze(this.#actor(as), { ...rest, ...span });
    }
    if (liftFreeze !== undefined) await service.liftFreeze(this.#actor(liftFreeze.as), liftFreeze.name);
    if (waive !== undefined) {
      const { as, finding, reason, until } = waive;
      const expiresAt = this.#instant(until) ?? this.#simulation.now();
      await service.waive(this.#actor(as), { application, finding, reason, expiresAt });
    }
    if (markBad !== undefined) {
      const { as, release, reason } = markBad;
      await service.judgeRelease(this.#actor(as), { application, name: release, judgement: 'bad', reason });
    }
    if (resume !== undefined) {
      await service.resumeAutoPromotion(this.#actor(resume.as), { application, environment: resume.environment });
    }
    if (facts.environments !== undefined) this.#changeEnvironments(facts.environments);
    if (facts.actions !== undefined) this.#changeActions(facts.actions);
    if (facts.releases !== undefined) await this.#bring(facts.releases, 1);
  }

  async #run(run: NonNullable<ScenarioStep['run']>): Promise<void> {
    const { service, application } = this.#simulation;
    const id = await service.run(this.#actor(run.as), {
      application,
      release: run.release,
      to: run.to,
      from: run.from,
      reason: run.reason,
      onBehalfOf: run.onBehalfOf,
      isDryRun: run.dryRun,
      overridesFreezes: run.overrideFreeze,
      forces: run.force,
      skipsValidation: run.skipValidation,
      autoApproves: run.autoApprove,
      isAgain: run.again,
      isHotfix: run.hotfix,
    });
    this.#remember(id, run.name);
  }

  #remember(id: string, name: string | undefined): void {
    this.#newest = id;
    if (name !== undefined) this.#promotions.set(name, id);
  }

  #actor(id: string): Actor {
    const held = this.#people[id] ?? [];
    return { id, verified: true, roles: held.filter(isEngineRole), via: 'cli' };
  }

  #instant(text: string | undefined): Date | undefined {
    return text === undefined ? undefined : this.#moments.read(text, this.#simulation.now());
  }

  #changeEnvironments(environments: Readonly<Record<string, EnvironmentChange>>): void {
    for (const [word, { healthy, deployments, metrics }] of Object.entries(environments)) {
      this.#simulation.world.facts.changeEnvironment(this.#environment(word), {
        ...(healthy === undefined ? {} : { healthy }),
        ...(deployments === undefined ? {} : { deployments }),
        ...(metrics === undefined ? {} : { metrics }),
      });
    }
  }

  #changeActions(actions: Scenario['given']['actions']): void {
    for (const [name, fact] of Object.entries(actions)) this.#simulation.world.facts.changeAction(name, fact);
  }

  /**
   * Releases with their evidence, and then what runs where, in the order in which it came there.
   * @param apartMs by how much each release is newer than the one before it.
   */
  async #bring(releases: Readonly<Record<string, ScenarioRelease>>, apartMs: number): Promise<void> {
    const now = this.#simulation.now();
    const arrivals: { readonly release: string; readonly environment: string; readonly at: Date }[] = [];
    const entries = Object.entries(releases);
    for (const [index, [name, { authors, contains, evidence, signedBy, verifiedIn }]] of entries.entries()) {
      const createdAt = new Date(now.getTime() - (entries.length - index) * apartMs);
      const release = await this.#simulation.bringRelease(name, authors, createdAt);
      const facts = evidence.map(({ fact, collectedAt }) => ({ fact, collectedAt: this.#instant(collectedAt) ?? now }));
      await this.#simulation.addEvidence(release, facts);
      await this.#simulation.sign(release, signedBy);
      await this.#simulation.contain(release, contains);
      const places = Array.isArray(verifiedIn)
        ? verifiedIn.map((word) => [word, now] as const)
        : Object.entries(verifiedIn).map(([word, text]) => [word, this.#instant(text) ?? now] as const);
      for (const [word, at] of places) arrivals.push({ release: name, environment: this.#environment(word), at });
    }
    for (const { release, environment, at } of arrivals.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
      await this.#simulation.verify(await this.#simulation.release(release), environment, at);
    }
  }

  #environment(word: string): string {
    const found = this.#simulation.rules.environments.find(
      ({ name, aliases }) => name === word || aliases.includes(word),
    );
    if (found !== undefined) return found.name;
    const known = this.#simulation.rules.environments.map(({ name }) => name).join(', ');
    throw new ScenarioMistake(`the rules name no environment ${word}; they name ${known}`);
  }
}

function isEngineRole(role: string): role is Role {
  return (engineRoles as readonly string[]).includes(role);
}

function isRefusal(error: unknown): error is Error {
  return (
    error instanceof RefusedError ||
    error instanceof NotAuthorizedError ||
    error instanceof NotFoundError ||
    error instanceof UnclearRequestError
  );
}
