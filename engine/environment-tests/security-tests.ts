import type { Endpoint } from '../rules/testing-schema.ts';
import { AccessTokens } from './access-tokens.ts';
import { answerText, callService, isSuccess, type ServiceAnswer } from './call-service.ts';
import type { TestContext, TestResult } from './environment-test.ts';
import { resultsOf } from './results.ts';
import { causeText } from '../wording/cause-text.ts';

const { passed, failed, untested } = resultsOf('security');

/** Protected endpoints refuse every token that is none, and sensitive ones tell nothing to whoever brings nothing. */
export async function* securityTests(context: TestContext): AsyncIterable<TestResult> {
  const { testing, target } = context;
  if (testing.protectedEndpoints.length + testing.sensitiveEndpoints.length === 0) {
    yield untested('endpoints', `the rules name no protectedEndpoints and no sensitiveEndpoints of ${target.name}`);
  }
  for (const endpoint of testing.protectedEndpoints) yield* protectedEndpointTests(context, endpoint);
  for (const endpoint of testing.sensitiveEndpoints) yield await sensitiveEndpointTest(context, endpoint);
}

/** What a wrong caller brings; undefined: nothing. */
type Bring = (tokens: AccessTokens) => Promise<string | undefined>;

const wrongCallers: readonly (readonly [who: string, bring: Bring])[] = [
  ['no token', () => Promise.resolve(undefined)],
  ['a token that is none', () => Promise.resolve('not-a-token')],
  ['a forged token', (tokens) => tokens.forged()],
  ['an unsigned token', (tokens) => Promise.resolve(tokens.unsigned())],
  ['an expired token', (tokens) => tokens.expired()],
];

async function* protectedEndpointTests(context: TestContext, endpoint: Endpoint): AsyncIterable<TestResult> {
  const { testing, ports, now, signal } = context;
  if (testing.jwt === undefined) return;
  const tokens = new AccessTokens(testing.jwt, ports.tokens, now, signal);
  for (const [who, bring] of wrongCallers) {
    const test = `${nameOf(endpoint)} refuses ${who}`;
    let token: string | undefined;
    try {
      token = await bring(tokens);
    } catch (error) {
      signal.throwIfAborted();
      const why = causeText(error);
      yield failed(test, `could not be tried: ${why}`, `keep the secret ${testing.jwt.secret} where it is looked for`);
      continue;
    }
    yield judgeRefusal(context, test, await call(context, endpoint, token), endpoint);
  }
}

/** Only an answer that says so is a refusal: silence may be anything. */
function judgeRefusal(
  { application, target }: TestContext,
  test: string,
  answer: ServiceAnswer,
  endpoint: Endpoint,
): TestResult {
  if (answer.hasAnswered && (answer.answer.status === 401 || answer.answer.status === 403)) {
    return passed(test, answerText(answer));
  }
  const remedy = answer.hasAnswered
    ? `let ${endpoint.service} answer 401 there; until then keep the release back: promote hold ${application} --env ${target.name} --reason "<reason>"`
    : `mend ${endpoint.service} first: promote doctor`;
  return failed(test, answerText(answer), remedy);
}

async function sensitiveEndpointTest(context: TestContext, endpoint: Endpoint): Promise<TestResult> {
  const test = `${nameOf(endpoint)} tells nothing without credentials`;
  const answer = await call(context, endpoint, undefined);
  if (answer.hasAnswered && !isSuccess(answer.answer)) return passed(test, answerText(answer));
  const remedy = answer.hasAnswered
    ? `let ${endpoint.service} ask for credentials there`
    : `mend ${endpoint.service} first: promote doctor`;
  return failed(test, answerText(answer), remedy);
}

function call(
  context: TestContext,
  { service, path, method }: Endpoint,
  token: string | undefined,
): Promise<ServiceAnswer> {
  return callService(context, { service, url: path, method, ...(token === undefined ? {} : { token }) });
}

function nameOf({ service, path, method }: Endpoint): string {
  return `${service} ${method} ${path}`;
}
