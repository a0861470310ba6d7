import fc from 'fast-check';
import { factOf, read, refusal } from '../reading.ts';

type Outcome = 'passed' | 'failed' | 'errored' | 'skipped';
interface Suite {
  readonly cases: readonly Outcome[];
  readonly suites: readonly Suite[];
}

const elements = {
  passed: '',
  failed: '<failure message="no"/>',
  errored: '<error>boom</error>',
  skipped: '<skipped/>',
};

/** Writes suites with totals that count what is below them, as most runners do. */
function write(suite: Suite): string {
  const all = outcomes(suite);
  const of = (wanted: Outcome): number => all.filter((each) => each === wanted).length;
  const cases = suite.cases.map(
    (outcome, index) =>
      `<testcase name="case ${String(index)}" classname="it &lt;works&gt;">${elements[outcome]}</testcase>`,
  );
  return (
    `<testsuite name="s" tests="${String(all.length)}" failures="${String(of('failed'))}" ` +
    `errors="${String(of('errored'))}" skipped="${String(of('skipped'))}">` +
    `${cases.join('')}${suite.suites.map(write).join('')}</testsuite>`
  );
}

function outcomes(suite: Suite): readonly Outcome[] {
  return [...suite.cases, ...suite.suites.flatMap(outcomes)];
}

const anyCases = fc.array(fc.constantFrom<Outcome>('passed', 'failed', 'errored', 'skipped'), { maxLength: 8 });
const suiteOf = (suites: fc.Arbitrary<readonly Suite[]>): fc.Arbitrary<Suite> => fc.record({ cases: anyCases, suites });
const nothing: readonly Suite[] = [];
const innermost = suiteOf(fc.constant(nothing));
const anySuite = suiteOf(fc.array(suiteOf(fc.array(innermost, { maxLength: 2 })), { maxLength: 3 }));

describe('JUnit', () => {
  it('gives what was written, whatever the nesting and however the bytes come', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anySuite, { maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        async (suites, chunkBytes) => {
          const all = suites.flatMap(outcomes);
          const text = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>${suites.map(write).join('\n')}</testsuites>`;
          const { failedTests = [], ...counts } = await factOf('tests', text, { chunkBytes });
          expect(failedTests).toHaveLength(Math.min(counts.failed, 20));
          expect(counts).toEqual({
            kind: 'tests',
            suite: 'unit',
            passed: all.filter((each) => each === 'passed').length,
            failed: all.filter((each) => each === 'failed' || each === 'errored').length,
            skipped: all.filter((each) => each === 'skipped').length,
          });
        },
      ),
    ));

  it('is read as node:test writes it: cases beside suites, comments, totals of children only', async () => {
    const text = `<?xml version="1.0" encoding="utf-8"?>
<testsuites>
	<testcase name="alone" time="0.001" classname="test" file="/a.test.ts"/>
	<testsuite name="orders" time="0.1" disabled="0" errors="0" tests="2" failures="1" skipped="0" timestamp="2026-11-20T09:59:00.000Z" hostname="ci">
		<testcase name="adds" time="0.01" classname="test"/>
		<testsuite name="nested" disabled="0" errors="0" tests="2" failures="1" skipped="1">
			<testcase name="later" classname="test"><skipped type="todo" message="true"/></testcase>
			<testcase name="breaks" classname="test" failure="1 !== 2"><failure type="testCodeFailure" message="1 !== 2">
[Error] { code: 'ERR' } \u001b[31mred\u001b[0m
			</failure></testcase>
		</testsuite>
	</testsuite>
	<!-- tests 4 -->
</testsuites>`;
    const { facts, collectedAt } = await read(text);
    expect(facts).toEqual([
      { kind: 'tests', suite: 'unit', passed: 2, failed: 1, skipped: 1, failedTests: ['breaks'] },
    ]);
    expect(collectedAt).toEqual(new Date('2026-11-20T09:59:00.000Z'));
  });

  it('is read as googletest and CTest write it: a status instead of an element', async () => {
    const text = `<testsuite tests="4" failures="1" disabled="1" errors="0" timestamp="2026-11-20T09:59:00.000">
      <testcase name="a" status="run" result="completed"/>
      <testcase name="b" status="notrun" result="suppressed"/>
      <testcase name="c" status="run" result="skipped"/>
      <testcase name="d" status="fail"/></testsuite>`;
    const { facts, collectedAt } = await read(text, { suite: 'e2e' });
    expect(facts).toEqual([{ kind: 'tests', suite: 'e2e', passed: 1, failed: 1, skipped: 2, failedTests: ['d'] }]);
    // Without a time zone it could be anywhere in a day.
    expect(collectedAt).toBeUndefined();
  });

  it('counts a case once however often it failed, and passes one that failed only at first', async () => {
    const text = `<testsuite tests="2" failures="2"><testcase name="a"><failure/><failure/></testcase>
      <testcase name="b"><flakyFailure message="once"/><system-out><![CDATA[<failure/>]]></system-out></testcase></testsuite>`;
    expect(await factOf('tests', text)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts a suite that failed in its set-up, and names it', async () => {
    const text =
      '<testsuite name="orders" tests="1" errors="1"><error message="no database"/><testcase name="a"/></testsuite>';
    expect(await factOf('tests', text)).toMatchObject({ passed: 1, failed: 1, failedTests: ['orders'] });
  });

  it('names what failed in one line each, shortened, and leaves names out that are none', async () => {
    const text = `<testsuite><testcase name="${'x'.repeat(300)}"><failure/></testcase>
      <testcase name=" takes&#10; an order"><failure/></testcase><testcase name=""><failure/></testcase></testsuite>`;
    expect(await factOf('tests', text)).toMatchObject({
      failed: 3,
      failedTests: [`${'x'.repeat(199)}…`, 'takes an order'],
    });
  });

  it('trusts its cases when its totals say less', async () => {
    const text =
      '<testsuite tests="0" failures="0"><testcase name="a"><failure/></testcase><testcase name="b"/></testsuite>';
    expect(await factOf('tests', text)).toMatchObject({ passed: 1, failed: 1 });
  });

  it.each([
    [
      '<testsuite tests="3"><testcase name="a"/></testsuite>',
      /line 1: contradicts itself: a suite counts 3 tests and lists 1/,
    ],
    ['<testsuite tests="1" failures="1"><testcase name="a"/></testsuite>', /counts 1 failures and shows 0/],
    [
      '<testsuites errors="2"><testsuite><testcase name="a"/></testsuite></testsuites>',
      /counts 2 failures and shows 0/,
    ],
    ['<testsuite tests="-1"/>', /line 1: tests must be a count and is "-1"/],
    ['<testsuite tests="NaN"/>', /tests must be a count and is "NaN"/],
    ['<testsuite failures="1e999"/>', /failures must be a count/],
    ['<testsuite tests="99999999999999999999"/>', /tests must be a count/],
    ['<report><testcase/></report>', /begins with <report>/],
    ['<testsuite><testcase><testcase/></testcase></testsuite>', /has a <testcase> inside a <testcase>/],
    ['<testsuite>', /cut off/],
    ['<testsuite></testsuites>', /line 1: is not well-formed XML/],
  ])('is refused: %s', async (text, reason) => {
    expect(await refusal(text, { format: 'junit' })).toMatch(reason);
  });
});
