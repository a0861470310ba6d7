import { EvidenceError } from './evidence-error.ts';
import { findingSeverities, type EvidenceFact, type Finding, type FindingSeverity } from './evidence.ts';

const longestText = 500;

/** The findings of one scanner as they are read, counted by severity. */
export class FindingList {
  readonly #items: Finding[] = [];
  readonly #maximum: number;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** @throws EvidenceError when there are more than are kept. */
  add(finding: { [Key in keyof Finding]: Finding[Key] | undefined }, place: string): void {
    const { id, severity, subject, knownSince } = finding;
    if (id === undefined || id === '' || severity === undefined)
      throw new EvidenceError('is a finding without an id', place);
    if (this.#items.length >= this.#maximum) {
      throw new EvidenceError(
        `has more than ${String(this.#maximum)} findings; let the scanner leave out the lowest`,
        place,
      );
    }
    this.#items.push({
      id: id.slice(0, longestText),
      severity,
      ...(subject === undefined || subject === '' ? {} : { subject: subject.slice(0, longestText) }),
      ...(knownSince === undefined ? {} : { knownSince }),
    });
  }

  get items(): readonly Finding[] {
    return this.#items;
  }

  fact(scanner: string): EvidenceFact {
    const counts = Object.fromEntries(
      findingSeverities.map((severity) => [severity, this.#items.filter((each) => each.severity === severity).length]),
    ) as Record<FindingSeverity, number>;
    return { kind: 'findings', scanner, ...counts, items: [...this.#items] };
  }
}

/** What scanners call their severities. What nobody has rated yet counts as high until somebody has. */
const severityNames: Readonly<Record<string, FindingSeverity>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  negligible: 'low',
  none: 'low',
  info: 'low',
  informational: 'low',
  unknown: 'high',
};

/** @throws EvidenceError when no scanner calls a severity that. */
export function severityOf(name: string, place: string): FindingSeverity {
  const key = name.toLowerCase();
  const severity = Object.hasOwn(severityNames, key) ? severityNames[key] : undefined;
  if (severity !== undefined) return severity;
  throw new EvidenceError(`"${name.slice(0, 40)}" is no severity`, place);
}
