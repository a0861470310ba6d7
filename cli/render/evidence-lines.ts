import type { AddedEvidence, Evidence, ReleaseView } from '../../engine/promotion-service.ts';
import { formatAge } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { factText } from './fact-text.ts';
import { table } from './table.ts';

/** What was taken out of a report. */
export function addedEvidenceLines(added: AddedEvidence, now: Date, paint: Paint): readonly string[] {
  const { release, format, evidence, isKnown } = added;
  const subject = `${printable(release.application)} ${printable(release.name)}`;
  return [
    `${paint.green('✔')} ${subject}   ${isKnown ? `this ${format} report is stored already` : `${format} report stored`}`,
    ...table(
      evidence.map((each) => row(each, now, paint)),
      '  ',
    ),
  ];
}

/** What is known about a release, newest first. @param withFindings each finding on a line of its own below. */
export function evidenceLines(
  { release, evidence }: ReleaseView,
  now: Date,
  paint: Paint,
  withFindings: boolean,
): readonly string[] {
  const { application, name } = release;
  if (evidence.length === 0) {
    return [
      `There is no evidence about ${printable(application)} ${printable(name)} yet; promote evidence add ${printable(application)} --release ${printable(name)} --file <report> records it.`,
    ];
  }
  const lines = table(evidence.map((each) => row(each, now, paint)));
  if (!withFindings) return lines;
  return evidence.flatMap((each, index) => [lines[index] ?? '', ...findingLines(each, now)]);
}

function row({ id, fact, collectedAt, source, sourceCommit }: Evidence, now: Date, paint: Paint) {
  return [
    { text: fact.kind, paint: paint.bold },
    printable(factText(fact)),
    formatAge(collectedAt, now),
    printable(sourceCommit === undefined ? source : `${source} at ${sourceCommit.slice(0, 12)}`),
    { text: printable(id), paint: paint.dim },
  ];
}

function findingLines({ fact }: Evidence, now: Date): readonly string[] {
  if (fact.kind !== 'findings' && fact.kind !== 'bugs') return [];
  if (fact.items === undefined) return ['    the report gives numbers only, so none of them can be waived'];
  return table(
    fact.items.map(({ id, severity, subject, knownSince }) => [
      printable(id),
      severity,
      printable(subject ?? ''),
      knownSince === undefined ? '' : `known ${formatAge(new Date(knownSince), now)}`,
    ]),
    '    ',
  );
}
