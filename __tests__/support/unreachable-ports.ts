import type { SourceHistory } from '../../engine/source/source-history.ts';
import type { TestingPorts } from '../../engine/environment-tests/environment-test.ts';
import { SystemClock } from '../../engine/workflow/clock.ts';
import type { Ports } from '../../engine/workflow/ports.ts';

export const noSuchPart = 'the test has no such part of the world';

const refuse = (): never => {
  throw new Error(noSuchPart);
};

/** For tests whose releases do not say which source they were made from. */
export const noSourceHistory: SourceHistory = {
  between: refuse,
  containment: refuse,
  fixContainment: refuse,
  branchHead: refuse,
  find: refuse,
};

/** For tests that test no environment. */
export const unreachableTesting: TestingPorts = {
  http: { call: refuse },
  tokens: { sign: refuse },
  clock: new SystemClock(),
};

/** For tests of commands that ask nothing of the world outside. */
export const unreachablePorts: Ports = new Proxy({} as Ports, { get: refuse });
