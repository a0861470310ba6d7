import { randomUUID } from 'node:crypto';
import { actionFacts } from '../actions/action-facts.ts';
import type { TestContext, TestResult } from './environment-test.ts';
import { resultsOf } from './results.ts';
import { causeText } from '../wording/cause-text.ts';

const { passed, failed, untested } = resultsOf('custom');

/** The team's own tests, one after the other in the order of the rules. */
export async function* customTests(context: TestContext): AsyncIterable<TestResult> {
  const { application, customTests: tests, target, release, status, ports, privateNetworks, signal } = context;
  if (tests.length === 0) yield untested('tests of your own', `the rules name none for ${target.name}`);
  for (const { name, action } of tests) {
    const remedy = 'mend what it found, or the test itself; what it printed is in the log';
    if (release === undefined) {
      const adopt = `promote adopt ${application} --env ${target.name} records it`;
      yield failed(name, `which release runs in ${target.name} is not recorded`, adopt);
      continue;
    }
    const services = 'why' in status ? [] : status.services;
    const facts = actionFacts({
      release,
      source: target,
      target,
      promotionId: undefined,
      // Every run of the tests is one of its own.
      key: `test:${target.name}:${name}:${randomUUID()}`,
      name,
      purpose: 'test',
      addresses: Object.fromEntries(services.map((service) => [service.name, service.url])),
    });
    try {
      const log = (line: string): void => {
        context.log(name, line);
      };
      const outcome = await ports.actions.run({ action, facts, privateNetworks, fence: 1, signal, log });
      yield outcome.kind === 'succeeded' ? passed(name, outcome.detail) : failed(name, outcome.detail, remedy);
    } catch (error) {
      signal.throwIfAborted();
      yield failed(name, `could not be run: ${causeText(error)}`, remedy);
    }
  }
}
