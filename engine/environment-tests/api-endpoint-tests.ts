import { AccessTokens } from './access-tokens.ts';
import { answerText, callService, isSuccess } from './call-service.ts';
import type { TestContext, TestResult } from './environment-test.ts';
import { resultsOf } from './results.ts';
import { causeText } from '../wording/cause-text.ts';

const { passed, failed, untested } = resultsOf('api-endpoints');

/**
 * Every address that the rules name for a service answers with success, protected ones with a genuine token. Those that
 * would change something (anything but GET) are not called here.
 */
export async function* apiEndpointTests(context: TestContext): AsyncIterable<TestResult> {
  const { target } = context;
  const remedy = `call it yourself, and look at what changed: promote changed --since 24h --env ${target.name}`;
  let isAny = false;
  for (const { name, smokeUrls } of target.services) {
    for (const url of smokeUrls) {
      isAny = true;
      const answer = await callService(context, { service: name, url });
      const test = `${name} GET ${url}`;
      yield answer.hasAnswered && isSuccess(answer.answer)
        ? passed(test, answerText(answer))
        : failed(test, answerText(answer), remedy);
    }
  }
  for await (const result of protectedEndpoints(context, remedy)) {
    isAny = true;
    yield result;
  }
  if (!isAny) yield untested('endpoints', 'the rules name no smokeUrls and no protectedEndpoints that can be read');
}

async function* protectedEndpoints(context: TestContext, remedy: string): AsyncIterable<TestResult> {
  const { testing, ports, now, signal } = context;
  const readable = testing.protectedEndpoints.filter(({ method }) => method === 'GET');
  if (testing.jwt === undefined || readable.length === 0) return;
  const tokens = new AccessTokens(testing.jwt, ports.tokens, now, signal);
  for (const { service, path } of readable) {
    const test = `${service} GET ${path} with a genuine token`;
    try {
      const answer = await callService(context, { service, url: path, token: await tokens.genuine() });
      yield answer.hasAnswered && isSuccess(answer.answer)
        ? passed(test, answerText(answer))
        : failed(test, answerText(answer), remedy);
    } catch (error) {
      signal.throwIfAborted();
      yield failed(test, `could not be tried: ${causeText(error)}`, remedy);
    }
  }
}
