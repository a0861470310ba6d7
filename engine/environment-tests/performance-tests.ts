import { slowestAnswerMs } from '../verification/slowest-answer.ts';
import { answerText, callService } from './call-service.ts';
import type { TestContext, TestResult } from './environment-test.ts';
import { resultsOf } from './results.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';

const { passed, failed, untested } = resultsOf('performance');

/** One answer may be the lucky one. */
const looks = 3;

/**
 * Every address of a service answers faster than its bound: what the rules say of the service, else five seconds for
 * frontends and two for everything else. The slowest of three answers counts.
 */
export async function* performanceTests(context: TestContext): AsyncIterable<TestResult> {
  const { application, target } = context;
  if (target.services.length === 0) yield untested('services', `the rules name no services of ${application}`);
  for (const service of target.services) {
    const boundMs = slowestAnswerMs(service);
    for (const url of [service.healthUrl, ...service.smokeUrls]) {
      const test = `${service.name} ${url} within ${describeSeconds(boundMs / 1000)}`;
      const slowest = await slowestOf(context, service.name, url);
      const remedy = `look at memory, processor and database: promote status ${application} --env ${target.name}; promote compare puts another environment beside it`;
      if (typeof slowest === 'string') yield failed(test, slowest, remedy);
      else {
        const detail = `${String(Math.round(slowest))} ms, the slowest of ${String(looks)}`;
        yield slowest < boundMs ? passed(test, detail) : failed(test, detail, remedy);
      }
    }
  }
}

/** In milliseconds, or why there was no answer. */
async function slowestOf(context: TestContext, service: string, url: string): Promise<number | string> {
  let slowest = 0;
  for (let look = 0; look < looks; look += 1) {
    const answer = await callService(context, { service, url });
    if (!answer.hasAnswered) return answerText(answer);
    slowest = Math.max(slowest, answer.answer.responseTimeMs);
  }
  return slowest;
}
