import type { HttpAnswer, HttpCaller } from '../outbound/http-call.ts';
import type { Action } from '../rules/action-schema.ts';
import { fillTemplate } from '../rules/templates.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import type { ActionFacts } from './action-facts.ts';
import type { ActionOutcome, ActionRequest } from './action-runner.ts';
import { OutputLines } from './output-lines.ts';
import { maskingOf } from './secret-masking.ts';

type HttpAction = Extract<Action, { kind: 'http' }>;

const mostBytes = 65_536;

/** Calls an address with the promotion's facts as a JSON object; a 2xx answer is success. */
export class HttpActionRunner {
  readonly #caller: HttpCaller;
  readonly #secrets: SecretSource;

  constructor(caller: HttpCaller, secrets: SecretSource) {
    this.#caller = caller;
    this.#secrets = secrets;
  }

  async run(action: HttpAction, request: ActionRequest): Promise<ActionOutcome> {
    const { facts, privateNetworks, signal, log } = request;
    const token =
      action.bearerTokenSecret === undefined ? undefined : await this.#secrets.read(action.bearerTokenSecret, signal);
    const answer = await this.#caller.withNetworks(privateNetworks).call({
      url: addressOf(action.url, facts),
      method: action.method,
      headers: headersOf(action, facts, token),
      ...(action.method === 'GET' ? {} : { body: JSON.stringify(facts) }),
      timeoutSeconds: action.timeoutSeconds,
      mostBytes: () => mostBytes,
      signal,
    });
    const output = new OutputLines(log, maskingOf(token === undefined ? [] : [token]));
    log(`HTTP ${String(answer.status)}`);
    output.add('body', answer.body);
    output.finish();
    return outcomeOf(answer, output.last);
  }
}

/** Values are encoded: a release called `v2?x=1` stays one part of the path. */
function addressOf(url: string, facts: ActionFacts): string {
  if (url.startsWith('/')) throw new TypeError(`${url} is no address; an HTTP action needs one with its host`);
  return fillTemplate(url, namesOf(facts, encodeURIComponent));
}

function headersOf(action: HttpAction, facts: ActionFacts, token: string | undefined): Record<string, string> {
  const names = namesOf(facts, (value) => value.replaceAll(/[^\t\x20-\x7e]/g, '?'));
  const own = Object.entries(action.headers).map(([name, value]) => [name.toLowerCase(), fillTemplate(value, names)]);
  return {
    'user-agent': 'promotion-process',
    ...(action.method === 'GET' ? {} : { 'content-type': 'application/json' }),
    ...(Object.fromEntries(own) as Record<string, string>),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    'idempotency-key': facts['PROMOTION_KEY'] ?? '',
  };
}

function namesOf(facts: ActionFacts, encode: (value: string) => string) {
  const of = (name: string): string => encode(facts[name] ?? '');
  return { env: of('TO_ENV'), app: of('APPLICATION'), release: of('RELEASE') };
}

function outcomeOf({ status, statusText }: HttpAnswer, last: readonly string[]): ActionOutcome {
  const said = last.length === 0 ? '' : `: ${last.join(' ⏎ ')}`;
  const detail = `HTTP ${String(status)} ${statusText}`.trimEnd();
  if (status >= 200 && status < 300) return { kind: 'succeeded', detail };
  if (status >= 300 && status < 400) {
    return { kind: 'failed', detail: `${detail}: redirects are not followed; name the address itself`, mayPass: false };
  }
  return { kind: 'failed', detail: `${detail}${said}`, mayPass: status === 429 || status >= 500 };
}
