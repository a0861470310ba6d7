import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coverageProblems, readSeeds, renderCoverage, titlesIn, type Seed } from '../../scripts/seed-coverage.ts';

const root = join(import.meta.dirname, '..', '..');

describe('what was asked for', () => {
  let seeds: readonly Seed[];
  beforeAll(async () => {
    seeds = await readSeeds(join(root, 'docs', 'seed-coverage'));
  });

  it('is kept by tests that there are, sentence by sentence, unless it waits for a part or is about people', async () => {
    expect(await coverageProblems(seeds, root)).toEqual([]);
  });

  it('is shown as it is in docs/coverage.md', async () => {
    expect(await readFile(join(root, 'docs', 'coverage.md'), 'utf8')).toBe(renderCoverage(seeds));
  });
});

describe('looking for the tests of a sentence', () => {
  const seed = (sentence: object): Seed => ({
    file: 'seed.yaml',
    title: 'A seed',
    sentences: [{ line: 1, under: '', says: 'It works', ...sentence } as Seed['sentences'][number]],
  });
  const here = '__tests__/scripts/seed-coverage.test.ts';

  it('finds one by its title', async () => {
    expect(await coverageProblems([seed({ tests: [`${here} › finds one by its title`] })], root)).toEqual([]);
  });

  it.each([
    ['no test', { tests: [] }, 'has no test'],
    ['a test under another name', { tests: [`${here} › ${['is', 'nowhere'].join(' ')}`] }, 'there is no test'],
    ['a file that is not there', { tests: ['__tests__/none.test.ts › anything'] }, 'there is no test'],
  ])('tells of %s', async (_, sentence, problem) => {
    expect(await coverageProblems([seed(sentence)], root)).toEqual([expect.stringContaining(problem)]);
  });

  it('lets a sentence wait for a part, and lets prose and what is about people be', async () => {
    const rows = [{ waitsFor: 'the cloud runtime', tests: [] }, { prose: true }, { informational: 'advice to people' }];
    expect(
      await coverageProblems(
        rows.map((row) => seed(row)),
        root,
      ),
    ).toEqual([]);
  });

  it('reads titles in any quotes', () => {
    expect(titlesIn(`it('a \\'b\\'', x); it(\`c\`, y); it("d", z)`)).toEqual(["a 'b'", 'c', 'd']);
  });
});
