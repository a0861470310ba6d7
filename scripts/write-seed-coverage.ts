import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coverageProblems, readSeeds, renderCoverage } from './seed-coverage.ts';

/** Writes docs/coverage.md, and says which sentences have no test. Usage: npm run build:coverage */
const root = join(import.meta.dirname, '..');
const seeds = await readSeeds(join(root, 'docs', 'seed-coverage'));
await writeFile(join(root, 'docs', 'coverage.md'), renderCoverage(seeds));
for (const problem of await coverageProblems(seeds, root)) console.log(problem);
