import { EvidenceError } from '../evidence-error.ts';
import { countAttribute, readXml, type XmlAttributes, type XmlReader } from '../read-xml.ts';
import { later, zonedDate, type ReportReader } from '../report-reader.ts';

/** What a suite says of itself, and what was counted in it so far. */
interface Suite {
  readonly claimedTests: number | undefined;
  readonly claimedFailures: number;
  readonly name: string;
  readonly place: string;
  cases: number;
  /** Elements: one case may have several, and some tools count each. */
  failures: number;
}

interface Case {
  readonly name: string;
  readonly failsByStatus: boolean;
  failures: number;
  isSkipped: boolean;
}

/** In `status` and `result` of a case, beside the elements that say the same. */
const failedWords = ['fail', 'failed', 'failure', 'error', 'errored', 'broken'];
const skippedWords = [
  'notrun',
  'skipped',
  'disabled',
  'suppressed',
  'ignored',
  'pending',
  'incomplete',
  'inconclusive',
];

/** As many names as anybody reads; the others are counted. */
const mostNames = 20;
const longestName = 200;

/**
 * JUnit's XML, as nearly every test runner writes it. The cases are what counts. Totals that say more tests or more
 * failures than there are cases mean that cases are missing, so such a report is refused.
 */
export const readJunit: ReportReader = async (text, { suite, limits }) => {
  const counter = new JunitCounter();
  await readXml(text, counter, limits);
  const { passed, failed, skipped, failedTests, collectedAt } = counter;
  const named = failedTests.length === 0 ? {} : { failedTests };
  return { facts: [{ kind: 'tests', suite, passed, failed, skipped, ...named }], collectedAt };
};

class JunitCounter implements XmlReader {
  passed = 0;
  failed = 0;
  skipped = 0;
  readonly failedTests: string[] = [];
  collectedAt: Date | undefined;
  readonly #suites: Suite[] = [];
  #case: Case | undefined;
  /** Elements below a case, so that what a system-out happens to contain is not taken for a result. */
  #depthInCase = 0;
  #depth = 0;

  open(name: string, attributes: XmlAttributes, place: string): void {
    this.#depth += 1;
    if (this.#depth === 1 && name !== 'testsuites' && name !== 'testsuite') {
      throw new EvidenceError(`is not JUnit: it begins with <${name.slice(0, 40)}>, not with <testsuites>`, place);
    }
    if (this.#case !== undefined) {
      this.#depthInCase += 1;
      if (this.#depthInCase === 1) this.#openInCase(this.#case, name, place);
      return;
    }
    switch (name) {
      case 'testsuites':
      case 'testsuite':
        this.#suites.push({
          claimedTests: countAttribute(attributes, 'tests', place),
          claimedFailures:
            (countAttribute(attributes, 'failures', place) ?? 0) + (countAttribute(attributes, 'errors', place) ?? 0),
          name: attributes['name'] ?? '',
          place,
          cases: 0,
          failures: 0,
        });
        for (const total of ['skipped', 'disabled'] as const) countAttribute(attributes, total, place);
        this.collectedAt = later(this.collectedAt, zonedDate(attributes['timestamp']));
        return;
      case 'testcase': {
        const words = [attributes['status'], attributes['result']].map((word) => word?.toLowerCase() ?? '');
        this.#case = {
          name: attributes['name'] ?? attributes['classname'] ?? '',
          failsByStatus: words.some((word) => failedWords.includes(word)),
          failures: 0,
          isSkipped: words.some((word) => skippedWords.includes(word)),
        };
        return;
      }
      case 'failure':
      case 'error':
        // A suite that failed as a whole, in its set-up.
        this.#fail(this.#suites.at(-1)?.name ?? '');
        this.#addFailures(1);
        return;
      default:
        return;
    }
  }

  close(name: string): void {
    this.#depth -= 1;
    if (this.#case !== undefined) {
      if (this.#depthInCase > 0) this.#depthInCase -= 1;
      else this.#closeCase(this.#case);
      return;
    }
    if (name === 'testsuites' || name === 'testsuite') this.#closeSuite();
  }

  #openInCase(current: Case, name: string, place: string): void {
    switch (name) {
      case 'failure':
      case 'error':
        current.failures += 1;
        return;
      case 'skipped':
      case 'ignored':
        current.isSkipped = true;
        return;
      case 'testcase':
      case 'testsuite':
        throw new EvidenceError(`has a <${name}> inside a <testcase>`, place);
      default:
        return;
    }
  }

  #closeCase({ name, failsByStatus, failures, isSkipped }: Case): void {
    this.#case = undefined;
    const isFailed = failsByStatus || failures > 0;
    if (isFailed) this.#fail(name);
    else if (isSkipped) this.skipped += 1;
    else this.passed += 1;
    this.#addFailures(isFailed ? Math.max(failures, 1) : 0);
    const suite = this.#suites.at(-1);
    if (suite !== undefined) suite.cases += 1;
  }

  #fail(name: string): void {
    this.failed += 1;
    const words = name.trim().replaceAll(/\s+/g, ' ');
    if (words !== '' && this.failedTests.length < mostNames) this.failedTests.push(shortened(words));
  }

  #addFailures(failures: number): void {
    const suite = this.#suites.at(-1);
    if (suite !== undefined) suite.failures += failures;
  }

  #closeSuite(): void {
    const suite = this.#suites.pop();
    if (suite === undefined) return;
    const { claimedTests, claimedFailures, place, cases, failures } = suite;
    if (claimedTests !== undefined && claimedTests > cases) {
      throw new EvidenceError(
        `contradicts itself: a suite counts ${String(claimedTests)} tests and lists ${String(cases)}; cases are missing`,
        place,
      );
    }
    if (claimedFailures > failures) {
      throw new EvidenceError(
        `contradicts itself: a suite counts ${String(claimedFailures)} failures and shows ${String(failures)}; cases are missing`,
        place,
      );
    }
    const parent = this.#suites.at(-1);
    if (parent === undefined) return;
    parent.cases += cases;
    parent.failures += failures;
  }
}

function shortened(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}
