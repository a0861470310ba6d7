import type { ReportReader } from './report-reader.ts';
import { readBugs } from './readers/bugs.ts';
import { readCobertura } from './readers/cobertura.ts';
import { readCodeReview } from './readers/code-review.ts';
import { readEslint } from './readers/eslint.ts';
import { readGrype } from './readers/grype.ts';
import { readJunit } from './readers/junit.ts';
import { readK6 } from './readers/k6.ts';
import { readLcov } from './readers/lcov.ts';
import { readSarifFindings } from './readers/sarif-findings.ts';
import { readSarifLint } from './readers/sarif-lint.ts';
import { readSource } from './readers/source.ts';
import { readTrivy } from './readers/trivy.ts';

export const evidenceFormats = [
  'junit',
  'lcov',
  'cobertura',
  'sarif',
  'sarif-lint',
  'eslint',
  'trivy',
  'grype',
  'k6',
  'code-review',
  'bugs',
  'source',
] as const;
export type EvidenceFormat = (typeof evidenceFormats)[number];

/** Which reader reads what. A test checks that no reader is missing here. */
export const reportReaders: Readonly<Record<EvidenceFormat, ReportReader>> = {
  junit: readJunit,
  lcov: readLcov,
  cobertura: readCobertura,
  sarif: readSarifFindings,
  'sarif-lint': readSarifLint,
  eslint: readEslint,
  trivy: readTrivy,
  grype: readGrype,
  k6: readK6,
  'code-review': readCodeReview,
  bugs: readBugs,
  source: readSource,
};
