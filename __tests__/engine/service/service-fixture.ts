import { Authorizer } from '../../../engine/authorization.ts';
import { PromotionService } from '../../../engine/promotion-service.ts';
import type { ServiceContext } from '../../../engine/service/service-context.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import type { Rules } from '../../../engine/rules/schema.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { connectStore } from '../../../engine/store/postgres/connect.ts';
import type { PostgresStore } from '../../../engine/store/postgres/postgres-store.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { unreachablePorts, unreachableTesting } from '../../support/unreachable-ports.ts';

const person = (id: string, role: Actor['roles'][number]): Actor => ({
  id: `${id}@shop.example`,
  verified: true,
  roles: [role],
  via: 'cli',
});
export const promoter = person('paula', 'promoter');
export const operator = person('olga', 'operator');
export const admin = person('adam', 'admin');
export const viewer = person('vera', 'viewer');
export const alan = person('alan', 'approver');
export const anna = person('anna', 'approver');
export const alba = person('alba', 'approver');

/** Four environments in a row; `more` is added to the path into staging. */
export function rulesText(more = ''): string {
  const environment = (name: string, aliases = '[]') => `
  - name: ${name}
    aliases: ${aliases}
    targets:
      deployment: { kind: local }
      registry: registries/<env>
      database: <app>-<env>
      configuration: { repository: configuration }
      flags: { kind: file }`;
  return `version: 1
applications:
  - name: shop
    services: [{ name: api }]
environments:${environment('dev')}${environment('qa')}${environment('staging')}${environment('production', '[prod]')}
paths:
  - { from: dev, to: qa }
  - from: qa
    to: staging
${more
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
  - from: staging
    to: production
    approvals:
      stages:
        - { name: first, roles: [approver], minimumApprovals: 2 }
        - { name: second, people: [alba@shop.example] }
`;
}

export function rulesOf(text: string): Rules {
  const parsed = parseRules(text, 'rules.yaml');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.rules;
}

/** A service on a store of its own, with releases v1 (in every environment) and v2 (verified in dev). */
export class ServiceDesk {
  readonly store: PostgresStore;
  readonly service: PromotionService;
  readonly clock = new VirtualClock(new Date('2026-11-20T10:00:00.000Z'));
  dispatches = 0;
  rules: Rules;
  readonly #close: () => Promise<void>;
  readonly context: ServiceContext;

  private constructor(store: PostgresStore, close: () => Promise<void>, rules: Rules, ports: Ports) {
    this.store = store;
    this.#close = close;
    this.rules = rules;
    this.context = {
      store,
      authorizer: new Authorizer(store, false),
      rules: { current: () => Promise.resolve(this.rules) },
      steps: builtInSteps,
      ports,
      testing: unreachableTesting,
      clock: this.clock,
      stateVersion: 1,
      dispatch: () => {
        this.dispatches += 1;
        return Promise.resolve();
      },
    };
    this.service = new PromotionService(this.context);
  }

  static async open(url: string, rules = rulesText(), ports = unreachablePorts): Promise<ServiceDesk> {
    const { store, close } = await connectStore({ url, maximumConnections: 4 });
    const desk = new ServiceDesk(store, close, rulesOf(rules), ports);
    await desk.release('v1');
    await desk.release('v2');
    for (const environment of ['dev', 'qa', 'staging', 'production']) {
      await desk.service.adopt(operator, 'shop', environment, 'v1');
    }
    await desk.service.adopt(operator, 'shop', 'dev', 'v2');
    return desk;
  }

  async release(name: string, authors: readonly string[] = []): Promise<void> {
    const digest = `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`;
    const source = { repository: '/nowhere/shop.git', commit: 'a'.repeat(40), authors };
    const content = { images: [{ service: 'api', image: 'api', digest }], source };
    await this.service.createRelease(promoter, { application: 'shop', name, content }, []);
  }

  run(more: Partial<Parameters<PromotionService['run']>[1]> = {}, actor = promoter): Promise<string> {
    return this.service.run(actor, { application: 'shop', release: 'v2', to: 'qa', ...more });
  }

  async load(id: string): Promise<PromotionRecord> {
    const record = await this.store.load(id);
    if (record === undefined) throw new Error(`${id} is not in the store`);
    return record;
  }

  /** Changes a promotion as its run would. */
  async change(id: string, change: (draft: Draft) => void): Promise<PromotionRecord> {
    const draft = new Draft(await this.load(id), this.clock.now(), 1);
    change(draft);
    const outcome = await this.store.commit(draft.toTransition(undefined));
    if (outcome.outcome !== 'applied') throw new Error(`refused: ${outcome.outcome}`);
    return this.load(id);
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
