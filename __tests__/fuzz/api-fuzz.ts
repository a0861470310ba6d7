import type { OpenAPIObject, OperationObject, ParameterObject } from 'openapi3-ts/oas31';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../chaos/random.ts';
import { ApiDesk, people } from '../cloudrun-ui/server/api-desk.ts';
import type { RunningDesk } from '../engine/service/running-desk.ts';
import { pick } from './mutate.ts';
import { ValuesOfSchema } from './values-of-schema.ts';

export interface ApiFuzzResult {
  readonly requests: number;
  /** How many were answered with each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Operations that were carried out at least once. */
  readonly carriedOut: number;
  readonly operations: number;
  readonly findings: readonly string[];
  readonly seconds: number;
}

interface Operation {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly about: OperationObject;
}

/** Longer than any may take, on a machine that is busy. */
const hangMs = 30_000;
/** So often what is due is run, so that there is something to decide about. */
const workEvery = 40;

/** Sends requests that are made of the document itself: none may fail, and each answer has to be as documented. */
export class ApiFuzz {
  readonly #running: RunningDesk;
  readonly #api: ApiDesk;
  readonly #document: OpenAPIObject;
  readonly #operations: readonly Operation[];
  readonly #random: () => number;
  readonly #words: string[] = ['shop', 'dev', 'qa', 'staging', 'production', 'prod', 'v1', 'v2', 'v5', '*', 'approver'];
  readonly #values: ValuesOfSchema;

  constructor(running: RunningDesk, seed: number) {
    this.#running = running;
    this.#api = ApiDesk.over(running.desk);
    this.#document = this.#api.document;
    this.#random = seededRandom(seed);
    this.#operations = Object.entries(this.#document.paths ?? {}).flatMap(([path, item]) =>
      (['get', 'post'] as const).flatMap((method) => {
        const about = item[method];
        // Streams do not end.
        if (about === undefined || path.endsWith('/stream')) return [];
        return [{ method: method === 'get' ? ('GET' as const) : ('POST' as const), path, about }];
      }),
    );
    this.#values = new ValuesOfSchema(this.#document.components?.schemas ?? {}, () => this.#words, this.#random);
  }

  async run(requests: number): Promise<ApiFuzzResult> {
    const started = performance.now();
    const findings: string[] = [];
    const statuses: Record<string, number> = {};
    const carriedOut = new Set<string>();
    for (let index = 0; index < requests; index += 1) {
      const operation = pick(this.#operations, this.#random);
      const { path, init, told } = this.#requestFor(operation);
      const answer = await orHang(Promise.resolve(this.#api.application.request(path, init)));
      if (answer === 'hang') {
        findings.push(`${told}: is not answered`);
        continue;
      }
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      if (answer.status < 300) carriedOut.add(`${operation.method} ${operation.path}`);
      if (answer.status >= 500) findings.push(`${told}: ${String(answer.status)} ${await answer.clone().text()}`);
      const finding = await this.#api.findingOf(operation.method, path, answer);
      if (finding !== undefined) findings.push(`${told}: ${finding}`);
      this.#learn(await answer.text());
      if (index % workEvery === 0) await this.#running.work();
    }
    const seconds = (performance.now() - started) / 1000;
    findings.push(...this.#api.logged.map((line) => line.slice(0, 1500)));
    return {
      requests,
      statuses,
      carriedOut: carriedOut.size,
      operations: this.#operations.length,
      findings,
      seconds,
    };
  }

  #requestFor({ method, path, about }: Operation): {
    readonly path: string;
    readonly init: RequestInit;
    readonly told: string;
  } {
    const parameters = (about.parameters ?? []).filter((each): each is ParameterObject => 'name' in each);
    let filled = path;
    const query = new URLSearchParams();
    const headers: Record<string, string> = { 'X-Test-Person': pick(people, this.#random).id };
    for (const { name, in: place, required, schema = {} } of parameters) {
      const value = this.#values.make(schema, name);
      const text = (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
      if (place === 'path') filled = filled.replace(`{${name}}`, encodeURIComponent(text === '' ? '%' : text));
      else if (required !== true && this.#random() < 0.6) continue;
      else if (place === 'query' && Array.isArray(value)) for (const each of value) query.append(name, String(each));
      else if (place === 'query') query.set(name, text);
      else if (place === 'header' && /^[\x20-\x7e]*$/.test(text)) headers[name] = text;
    }
    const search = query.size === 0 ? '' : `?${query.toString()}`;
    const whole = `${filled}${search}`;
    if (method === 'GET') return { path: whole, init: { headers }, told: `GET ${whole.slice(0, 300)}` };
    const content = about.requestBody !== undefined && 'content' in about.requestBody ? about.requestBody.content : {};
    const body = this.#body(content['application/json']?.schema ?? {});
    const own = { ...headers, 'Content-Type': 'application/json', 'X-Promotion-Request': '1' };
    return {
      path: whole,
      init: { method, headers: own, body },
      told: `POST ${whole.slice(0, 200)} ${body.slice(0, 400)} as ${headers['X-Test-Person'] ?? ''}`,
    };
  }

  #body(schema: Parameters<ValuesOfSchema['make']>[0]): string {
    const text = JSON.stringify(this.#values.make(schema));
    if (this.#random() < 0.03) return text.slice(0, Math.floor(text.length / 2));
    return text;
  }

  /** Ids and hashes that were answered are asked about next. */
  #learn(text: string): void {
    for (const [word] of text.matchAll(/pr-[0-9a-f]{6,}|\b[0-9a-f]{64}\b|\bwv-[0-9a-f]+|\b[\w-]+@shop\.example/g)) {
      if (this.#words.length < 60 && !this.#words.includes(word)) this.#words.push(word);
    }
  }
}

async function orHang<Value>(work: Promise<Value>): Promise<Value | 'hang'> {
  const timer = new AbortController();
  const hang = pause(hangMs, 'hang' as const, { signal: timer.signal, ref: false });
  hang.catch(() => undefined);
  try {
    return await Promise.race([work, hang]);
  } finally {
    timer.abort();
  }
}
