import { inspectDatabase, type DatabaseReport } from '../inspection/inspect-environment.ts';
import { AccessTokens } from './access-tokens.ts';
import { answerText, callService } from './call-service.ts';
import type { OtherEnvironment, TestContext, TestResult } from './environment-test.ts';
import { resultsOf } from './results.ts';
import { causeText } from '../wording/cause-text.ts';

const { passed, failed, untested } = resultsOf('isolation');

/** The environment has ports, a database, configuration and keys of its own, beside every other one. */
export async function* isolationTests(context: TestContext): AsyncIterable<TestResult> {
  const { application, others, target, ports, signal } = context;
  if (others.length === 0) yield untested('environments', `${application} has no other environment`);
  const own = await inspectDatabase(ports, target.database, signal);
  for (const other of others) {
    yield await portsTest(context, other);
    yield databaseTest(context, other, own, await inspectDatabase(ports, other.target.database, signal));
    yield configurationTest(context, other);
    yield* tokenTests(context, other);
  }
}

async function portsTest(context: TestContext, { target: other, notDriven }: OtherEnvironment): Promise<TestResult> {
  const { status, target, ports, signal } = context;
  const test = `ports apart from ${other.name}`;
  if ('why' in status) return failed(test, status.why, 'promote doctor says why');
  if (notDriven !== undefined) return untested(test, notDriven);
  try {
    const theirs = await ports.deployment.status(other.name, signal);
    if (theirs.services.length === 0) return untested(test, `nothing runs in ${other.name}`);
    const taken = new Set(theirs.services.map(({ url }) => new URL(url).host));
    const shared = status.services.filter(({ url }) => taken.has(new URL(url).host));
    if (shared.length === 0) return passed(test, `${String(status.services.length)} of its own`);
    return failed(
      test,
      shared.map(({ name, url }) => `${name} is at ${new URL(url).host} in both`).join('; '),
      `give the services of ${target.name} ports of their own, and start it again`,
    );
  } catch (error) {
    signal.throwIfAborted();
    return untested(test, `${other.name} cannot be looked at: ${causeText(error)}`);
  }
}

function databaseTest(
  { target }: TestContext,
  { target: other }: OtherEnvironment,
  own: DatabaseReport | undefined,
  theirs: DatabaseReport | undefined,
): TestResult {
  const test = `database apart from ${other.name}`;
  const remedy = `give ${target.name} a database of its own (targets.database in the rules, and its secret)`;
  if (own === undefined || theirs === undefined) return untested(test, 'one of them has none');
  if (own.name === theirs.name) return failed(test, `both are ${own.name}`, remedy);
  if (!own.isReachable) return failed(test, own.why, 'promote doctor says why');
  if (!theirs.isReachable) return untested(test, `${theirs.name} cannot be looked at: ${theirs.why}`);
  if (own.identity === undefined || theirs.identity === undefined) {
    return untested(test, 'their servers do not tell which database is which');
  }
  return own.identity === theirs.identity
    ? failed(test, `${own.name} and ${theirs.name} lead to the same database`, remedy)
    : passed(test, `${own.name} and ${theirs.name} are two`);
}

function configurationTest({ target }: TestContext, { target: other }: OtherEnvironment): TestResult {
  const test = `configuration apart from ${other.name}`;
  const [own, theirs] = [target.configuration, other.configuration];
  const isSame = own.repository === theirs.repository && own.branch === theirs.branch && own.path === theirs.path;
  if (!isSame) return passed(test, `${own.path} on ${own.branch}`);
  return failed(
    test,
    `both read ${own.path} on ${own.branch}`,
    `give ${target.name} a branch or a path of its own (targets.configuration in the rules)`,
  );
}

/** What was signed for another environment opens nothing here. */
async function* tokenTests(context: TestContext, other: OtherEnvironment): AsyncIterable<TestResult> {
  const { testing, ports, now, signal } = context;
  const { jwt } = other.testing;
  const [endpoint] = testing.protectedEndpoints;
  if (jwt === undefined || endpoint === undefined) return;
  const { service, path, method } = endpoint;
  const test = `${service} ${method} ${path} refuses a token of ${other.target.name}`;
  let token: string;
  try {
    token = await new AccessTokens(jwt, ports.tokens, now, signal).genuine();
  } catch (error) {
    signal.throwIfAborted();
    yield untested(test, `there is none: ${causeText(error)}`);
    return;
  }
  const answer = await callService(context, { service, url: path, method, token });
  const isRefused = answer.hasAnswered && (answer.answer.status === 401 || answer.answer.status === 403);
  yield isRefused
    ? passed(test, answerText(answer))
    : failed(test, answerText(answer), `sign with another key in each environment, and let ${service} check it`);
}
