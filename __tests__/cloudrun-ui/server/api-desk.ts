import type { OpenAPIObject } from 'openapi3-ts/oas31';
import pino from 'pino';
import { AuditDesk, type AuditKeeping } from '../../../cloudrun-ui/server/audit/audit-desk.ts';
import { createApplication } from '../../../cloudrun-ui/server/application.ts';
import type { ServerApplication } from '../../../cloudrun-ui/server/endpoint/serve-endpoint.ts';
import type { Identified, Identity, IdentityRequest } from '../../../cloudrun-ui/server/identity/identity.ts';
import { ChangeHub } from '../../../cloudrun-ui/server/streams/change-hub.ts';
import type { ServerPorts } from '../../../cloudrun-ui/server/server-ports.ts';
import type { Actor } from '../../../engine/promotion-service.ts';
import {
  admin,
  alan,
  alba,
  anna,
  operator,
  promoter,
  ServiceDesk,
  viewer,
} from '../../engine/service/service-fixture.ts';
import { unwillingKeeper } from '../../support/unwilling-keeper.ts';
import { AnswerCheck } from './answer-check.ts';

export const people: readonly Actor[] = [viewer, promoter, alan, anna, alba, operator, admin];

/** Vouches for whoever the header names. */
class NamedIdentity implements Identity {
  readonly kind = 'iap';

  identify({ headers }: IdentityRequest): Promise<Identified> {
    const actor = people.find(({ id }) => id === headers.get('X-Test-Person'));
    return Promise.resolve(
      actor === undefined
        ? { kind: 'unknown', why: 'nobody is signed in' }
        : { kind: 'known', actor: { ...actor, via: 'ui' } },
    );
  }
}

export interface Answered<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The API on a service of its own; every answer is compared with the document. */
export class ApiDesk {
  readonly desk: ServiceDesk;
  readonly application: ServerApplication;
  readonly document: OpenAPIObject;
  readonly logged: string[] = [];
  readonly #check: AnswerCheck;

  private constructor(desk: ServiceDesk, more: Partial<ServerPorts>) {
    this.desk = desk;
    const keeping: AuditKeeping = {
      async verify(actor) {
        let [chains, entries] = [0, 0];
        for await (const { events } of desk.service.chains(actor)) {
          chains += 1;
          entries += events.length;
        }
        return { findings: [], chains, entries, pruned: 0, signedUpTo: undefined };
      },
      async *export(actor, request) {
        const { chains } = await desk.service.extractAudit(actor, request);
        for await (const { promotionId } of chains) yield `${JSON.stringify({ promotionId })}\n`;
      },
      publicKey: () => Promise.resolve({ keyId: 'key-1', pem: '-----BEGIN PUBLIC KEY-----\n' }),
      prune: (actor, request) => desk.service.prune(actor, request, unwillingKeeper),
    };
    const log = pino({}, { write: (line: string) => this.logged.push(line) });
    this.application = createApplication({
      version: '1.2.3',
      service: desk.service,
      identity: new NamedIdentity(),
      answers: desk.store.answers,
      clock: desk.clock,
      log,
      webFolder: undefined,
      publicOrigin: undefined,
      limits: { bodyBytes: 10_000, burst: 100_000, requestsPerSecond: 100_000 },
      hub: new ChangeHub({ changes: { subscribe: () => () => undefined }, versions: () => Promise.resolve(new Map()) }),
      shared: { of: (_, find) => find(), madeOf: (answer, make) => make(answer), change: () => undefined },
      audit: { keeping, desk: new AuditDesk(keeping, desk.clock) },
      stopping: new AbortController().signal,
      checkReady: () => Promise.resolve(),
      ...more,
    });
    this.document = this.application.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 't', version: '1' } });
    this.#check = new AnswerCheck(this.document);
  }

  static over(desk: ServiceDesk, more: Partial<ServerPorts> = {}): ApiDesk {
    return new ApiDesk(desk, more);
  }

  static async open(url: string, more: Partial<ServerPorts> = {}): Promise<ApiDesk> {
    return new ApiDesk(await ServiceDesk.open(url), more);
  }

  /** @throws Error when the answer is not as documented. */
  async get<Body = Record<string, unknown>>(
    path: string,
    actor: Actor | 'nobody' = viewer,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered<Body>> {
    return this.#ask<Body>('GET', path, { headers: { ...personOf(actor), ...headers } });
  }

  /** @throws Error when the answer is not as documented. */
  async post<Body = Record<string, unknown>>(
    path: string,
    body: unknown,
    actor: Actor | 'nobody' = promoter,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered<Body>> {
    const own = { 'Content-Type': 'application/json', 'X-Promotion-Request': '1' };
    return this.#ask<Body>('POST', path, {
      method: 'POST',
      headers: { ...personOf(actor), ...own, ...headers },
      body: JSON.stringify(body),
    });
  }

  /** What is wrong with an answer; undefined: it is as documented. */
  findingOf(method: string, path: string, answer: Response): Promise<string | undefined> {
    return this.#check.findingOf(method, path, answer);
  }

  async #ask<Body>(method: string, path: string, init: RequestInit): Promise<Answered<Body>> {
    const response = await this.application.request(path, init);
    const finding = await this.#check.findingOf(method, path, response);
    if (finding !== undefined && path.startsWith('/api/')) throw new Error(finding);
    const text = await response.text();
    const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
  }

  async close(): Promise<void> {
    await this.desk.close();
  }
}

function personOf(actor: Actor | 'nobody'): Record<string, string> {
  return actor === 'nobody' ? {} : { 'X-Test-Person': actor.id };
}
