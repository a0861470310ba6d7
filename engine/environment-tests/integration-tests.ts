import { answerText, callService, isSuccess } from './call-service.ts';
import type { TestContext, TestResult } from './environment-test.ts';
import { resultsOf } from './results.ts';

const { passed, failed, untested } = resultsOf('integration');

/** Services reach those that they call: an answer comes that needs the other one. */
export async function* integrationTests(context: TestContext): AsyncIterable<TestResult> {
  const { application, testing, target } = context;
  if (testing.integrations.length === 0) {
    yield untested('services', `the rules name no integrations of ${target.name}`);
  }
  for (const { service, path, calls, contains } of testing.integrations) {
    const test = `${service} reaches ${calls} (${path})`;
    const answer = await callService(context, { service, url: path });
    const remedy = `see that ${calls} is well and that ${service} is told its address: promote status ${application} --env ${target.name}`;
    if (!answer.hasAnswered || !isSuccess(answer.answer)) yield failed(test, answerText(answer), remedy);
    else if (contains !== undefined && !answer.answer.body.includes(contains)) {
      yield failed(test, `${answerText(answer)}, without ${JSON.stringify(contains)}`, remedy);
    } else yield passed(test, answerText(answer));
  }
}
