import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import { EvidenceError } from '../evidence/evidence-error.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { EvidenceFormat } from '../evidence/formats.ts';
import { readReport, type Report } from '../evidence/read-report.ts';
import { defaultReadingLimits } from '../evidence/reading-limits.ts';
import type { ReadingOptions } from '../evidence/report-reader.ts';
import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { storable } from '../workflow/storable.ts';
import { evidenceAdded } from './evidence-added.ts';
import { findRelease } from './releases.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/** A report as a tool wrote it, and what it cannot say of itself. */
export interface EvidenceSubmission {
  readonly application: string;
  /** The release it is about, by name. */
  readonly release: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** Undefined: recognised by how the report begins. */
  readonly format?: EvidenceFormat | undefined;
  /** Which tests a test report is of; undefined: unit tests. */
  readonly suite?: ReadingOptions['suite'] | undefined;
  /** When load was put on, seen from the deployment; undefined: before it. */
  readonly phase?: ReadingOptions['phase'] | undefined;
  /** The source commit it was made from. */
  readonly commit?: string | undefined;
  /** What produced it: a command, a CI run. */
  readonly source: string;
  /** When it was made. Undefined: what the report says, else `writtenAt`, else now. */
  readonly collectedAt?: Date | undefined;
  /** When the file was written that it comes from. */
  readonly writtenAt?: Date | undefined;
}

export interface AddedEvidence {
  readonly release: Release;
  readonly format: EvidenceFormat;
  /** One for each fact that the report holds. */
  readonly evidence: readonly Evidence[];
  /** Whether all of this was stored before. */
  readonly isKnown: boolean;
}

/** How far the clock of whoever made a report may be ahead of ours, as gates tolerate it. */
const toleratedSkewMs = 300_000;
const commitPattern = /^[0-9a-f]{7,64}$/;

/**
 * Stores the facts of a report about a release. The same bytes again are the same evidence, which then takes the later
 * of both times: a report that comes out the same every day does not grow stale.
 * @throws RefusedError saying what is wrong with the report and where; nothing is then stored.
 */
export async function addEvidence(
  context: ServiceContext,
  actor: Actor,
  submission: EvidenceSubmission,
): Promise<AddedEvidence> {
  await context.authorizer.require(actor, 'add-evidence', { application: submission.application, environment: '*' });
  const release = await findRelease(context, submission.application, submission.release);
  const { suite, phase, commit } = submission;
  if (commit !== undefined && !commitPattern.test(commit)) {
    throw new RefusedError(`${JSON.stringify(commit)} is no commit: 7 to 64 hexadecimal digits in lower case`);
  }
  const report = await readOrRefuse(submission);
  if (suite !== undefined && report.format !== 'junit') {
    throw new RefusedError(`a report in the format ${report.format} has no suite; leave --suite out`);
  }
  if (phase !== undefined && report.format !== 'k6') {
    throw new RefusedError(`a report in the format ${report.format} has no phase; leave --phase out`);
  }
  const now = context.clock.now();
  const collectedAt = submission.collectedAt ?? report.collectedAt ?? submission.writtenAt ?? now;
  if (!(collectedAt.getTime() <= now.getTime() + toleratedSkewMs)) {
    throw new RefusedError(
      `the report is dated ${collectedAt.toISOString()}, which is in the future; say when it was made: --collected-at`,
    );
  }
  const evidence = report.facts.map((fact, index) => ({
    id: evidenceId([release.digest, report.sha256, report.format, suite ?? null, phase ?? null, index]),
    releaseDigest: release.digest,
    collectedAt,
    source: storable(submission.source),
    sourceCommit: commit,
    fact,
  }));
  const outcome = await context.store.addEvidence(
    release.application,
    evidence,
    evidenceAdded(actor, now, release, evidence),
  );
  return { release, format: report.format, evidence, isKnown: outcome === 'unchanged' };
}

async function readOrRefuse({ content, format, suite, phase }: EvidenceSubmission): Promise<Report> {
  try {
    return await readReport(content, {
      format,
      suite: suite ?? 'unit',
      phase: phase ?? 'before',
      limits: defaultReadingLimits,
    });
  } catch (error) {
    if (error instanceof EvidenceError) throw new RefusedError(`the report cannot be used: ${error.message}`);
    throw error;
  }
}

function evidenceId(parts: readonly (string | number | null)[]): string {
  return `ev-${createHash('sha256').update(canonicalJson(parts)).digest('hex').slice(0, 24)}`;
}
