import type { Rules } from '../rules/schema.ts';
import { fillTemplate } from '../rules/templates.ts';
import type { Testing } from '../rules/testing-schema.ts';
import type { OtherEnvironment, TestCategory, TestContext, TestResult } from '../environment-tests/environment-test.ts';
import { runEnvironmentTests } from '../environment-tests/run-environment-tests.ts';
import type { CustomTest } from '../verification/run-custom-tests.ts';
import type { Actor } from '../workflow/actor.ts';
import { environmentTarget } from '../workflow/compile-target.ts';
import { chooseApplication, scopeOf } from './complete-request.ts';
import { notDriven, type Place } from './inspect.ts';
import { ruledEnvironment } from './known-names.ts';
import type { ServiceContext } from './service-context.ts';
import { causeText } from '../wording/cause-text.ts';

export interface TestRequest extends Place {
  /** Categories that are not run. Default: none. */
  readonly leavesOut?: readonly TestCategory[] | undefined;
}

/** What is told while an environment is tested. */
export type TestEvent =
  | {
      readonly kind: 'started';
      readonly application: string;
      readonly environment: string;
      readonly release: string | undefined;
    }
  /** What one of the team's own tests printed. */
  | { readonly kind: 'line'; readonly test: string; readonly line: string }
  | ({ readonly kind: 'result' } & TestResult);

/**
 * Tests an environment by what the rules say of it, and tells each result as it comes.
 * @throws UnknownNameError, UnclearRequestError, NotAuthorizedError
 */
export async function* testEnvironment(
  context: ServiceContext,
  actor: Actor,
  place: TestRequest,
  signal: AbortSignal,
): AsyncIterable<TestEvent> {
  const rules = await context.rules.current();
  await context.authorizer.require(actor, 'test-environment', scopeOf(rules, place.application, place.environment));
  const application = chooseApplication(rules, place.application);
  const environment = ruledEnvironment(rules, place.environment);
  const lines: TestEvent[] = [];
  const tests = await contextOf(context, rules, application, environment, signal, (test, line) => {
    lines.push({ kind: 'line', test, line });
  });
  yield { kind: 'started', application, environment, release: tests.release?.name };
  for await (const result of runEnvironmentTests(tests, place.leavesOut)) {
    yield* lines.splice(0);
    yield { kind: 'result', ...result };
  }
}

async function contextOf(
  context: ServiceContext,
  rules: Rules,
  application: string,
  environment: string,
  signal: AbortSignal,
  log: TestContext['log'],
): Promise<TestContext> {
  const { ports, testing, store } = context;
  const states = await store.environments(application);
  return {
    application,
    target: environmentTarget(rules, application, environment),
    testing: testingOf(rules, application, environment),
    customTests: customTestsOf(rules, environment),
    others: rules.environments
      .filter(({ name }) => name !== environment)
      .map(({ name }): OtherEnvironment => ({
        target: environmentTarget(rules, application, name),
        testing: testingOf(rules, application, name),
        notDriven: notDriven(rules, name).deployment,
      })),
    release: states.find(({ name }) => name === environment)?.release,
    status: await statusOf(context, rules, environment, signal),
    privateNetworks: rules.outbound.privateNetworks,
    ports: {
      deployment: ports.deployment,
      probe: ports.probe,
      database: ports.database,
      actions: ports.actions,
      http: testing.http,
      tokens: testing.tokens,
    },
    now: testing.clock.now(),
    signal,
    log,
  };
}

async function statusOf(
  { ports }: ServiceContext,
  rules: Rules,
  environment: string,
  signal: AbortSignal,
): Promise<TestContext['status']> {
  const why = notDriven(rules, environment).deployment;
  if (why !== undefined) return { why };
  try {
    return await ports.deployment.status(environment, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { why: causeText(error) };
  }
}

/** With the name of the key filled in: each environment signs with its own. */
function testingOf(rules: Rules, application: string, environment: string): Testing {
  const found = rules.environments.find(({ name }) => name === environment);
  if (found === undefined) throw new Error(`The rules name no environment ${environment}.`);
  const { testing } = found;
  if (testing.jwt === undefined) return testing;
  const names = { env: environment, app: application };
  return { ...testing, jwt: { ...testing.jwt, secret: fillTemplate(testing.jwt.secret, names) } };
}

/** Those of the environment itself, then those that verify promotions into it; one that is named twice runs once. */
function customTestsOf(rules: Rules, environment: string): readonly CustomTest[] {
  const own = rules.environments.find(({ name }) => name === environment)?.testing.custom ?? [];
  const verifying = rules.paths
    .filter(({ to }) => to === environment)
    .flatMap(({ verification }) => verification.custom);
  const all = [...own, ...verifying];
  return all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index);
}
