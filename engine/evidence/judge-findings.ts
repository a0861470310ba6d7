import { findingSeverities, type Finding, type FindingSeverity } from './evidence.ts';
import type { Waiver } from './waiver.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import { counted } from '../wording/counted.ts';

/** A number for each severity that has one. */
export type BySeverity = Readonly<Partial<Record<FindingSeverity, number | undefined>>>;

/** What one scanner or tracker found. */
export interface FindingsReport {
  /** As it was counted; a severity left out is counted from the items. */
  readonly counts: BySeverity;
  /** Undefined: it gives numbers only, so that nothing of it can be waived or aged. */
  readonly items: readonly Finding[] | undefined;
  readonly collectedAt: Date;
}

export interface FindingsLimits {
  /** The most that pass; a severity without a number here is not limited. */
  readonly maximum: BySeverity;
  /** No finding may be older than this; a severity without a number may grow old. */
  readonly maximumAgeSeconds: BySeverity;
}

export interface FindingsContext {
  /** Those that are valid for the release now. */
  readonly waivers: readonly Waiver[];
  /** When evidence of this application first named a finding, by its id. */
  readonly firstSeen: ReadonlyMap<string, Date>;
  readonly now: Date;
}

export interface FindingsExcess {
  readonly severity: FindingSeverity;
  readonly detail: string;
}

export interface FindingsJudgement {
  /** What counts once the waived ones are set aside. */
  readonly remaining: Readonly<Record<FindingSeverity, number>>;
  readonly waived: readonly { readonly finding: Finding; readonly waiver: Waiver }[];
  readonly excesses: readonly FindingsExcess[];
}

const namedAtMost = 5;

/** Judges what was found against what passes, by number and by age, with what is waived set aside. */
export function judgeFindings(
  report: FindingsReport,
  limits: FindingsLimits,
  { waivers, firstSeen, now }: FindingsContext,
): FindingsJudgement {
  const waiverOf = new Map(waivers.map((waiver) => [waiver.finding, waiver]));
  const items = report.items ?? [];
  const waived = items.flatMap((finding) => {
    const waiver = waiverOf.get(finding.id);
    return waiver === undefined ? [] : [{ finding, waiver }];
  });
  const open = items.filter(({ id }) => !waiverOf.has(id));
  const judged = findingSeverities.map((severity) => {
    const listed = items.filter((each) => each.severity === severity).length;
    // What is counted but not listed cannot be set aside; what is listed counts, whatever the number beside it says.
    const all = report.counts[severity] === undefined ? listed : Math.max(report.counts[severity], listed);
    const unwaived = open.filter((each) => each.severity === severity);
    const remaining = all - listed + unwaived.length;
    const excesses = [
      excessOfNumber(severity, remaining, limits.maximum[severity], report.items === undefined ? undefined : unwaived),
      excessOfAge(severity, limits.maximumAgeSeconds[severity], {
        unwaived,
        unlisted: all - listed,
        ageSeconds: (finding) => (now.getTime() - sinceOf(finding, report, firstSeen, now).getTime()) / 1000,
      }),
    ].filter((each) => each !== undefined);
    return { severity, remaining, excesses };
  });
  const remainingOf = (severity: FindingSeverity): number =>
    judged.find((each) => each.severity === severity)?.remaining ?? Number.NaN;
  return {
    remaining: {
      critical: remainingOf('critical'),
      high: remainingOf('high'),
      medium: remainingOf('medium'),
      low: remainingOf('low'),
    },
    waived,
    excesses: judged.flatMap(({ severity, excesses }) => excesses.map((detail) => ({ severity, detail }))),
  };
}

/** A date in the future says nothing, or a finding could be made to never grow old. */
function sinceOf(finding: Finding, report: FindingsReport, firstSeen: ReadonlyMap<string, Date>, now: Date): Date {
  const known = finding.knownSince === undefined ? undefined : new Date(finding.knownSince);
  if (known !== undefined && known <= now) return known;
  return firstSeen.get(finding.id) ?? report.collectedAt;
}

function excessOfNumber(
  severity: FindingSeverity,
  remaining: number,
  most: number | undefined,
  unwaived: readonly Finding[] | undefined,
): string | undefined {
  // Written so that a number that is none is too many.
  if (most === undefined || remaining <= most) return undefined;
  const found = `${counted(remaining, `${severity} finding`)}, allowed are ${String(most)}`;
  if (unwaived === undefined) return `${found} (the report gives numbers only, so none can be waived)`;
  return unwaived.length === 0 ? found : `${found} (${namesOf(unwaived)})`;
}

interface Aged {
  readonly unwaived: readonly Finding[];
  readonly unlisted: number;
  readonly ageSeconds: (finding: Finding) => number;
}

function excessOfAge(severity: FindingSeverity, most: number | undefined, aged: Aged): string | undefined {
  if (most === undefined) return undefined;
  if (!(aged.unlisted <= 0)) {
    return `${counted(aged.unlisted, `${severity} finding`)} of unknown age: the report gives numbers only`;
  }
  const old = aged.unwaived.filter((finding) => !(aged.ageSeconds(finding) <= most));
  if (old.length === 0) return undefined;
  return `${counted(old.length, `${severity} finding is`, `${severity} findings are`)} older than ${describeSeconds(most)} (${namesOf(old)})`;
}

function namesOf(findings: readonly Finding[]): string {
  const names = [...new Set(findings.map(({ id }) => id))];
  const more = names.length - namedAtMost;
  return `${names.slice(0, namedAtMost).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
