import type { GateName } from '../../engine/rules/schema.ts';

type CheckName = GateName | 'custom' | 'soak' | 'images' | 'conditions';

/** What the commands of a remedy are about. */
export interface CheckSubject {
  readonly application: string;
  readonly release: string;
  readonly from: string;
  readonly to: string;
  /** The dry run that looked; undefined: another one is meant. */
  readonly promotionId?: string;
}

/** What to do about a requirement that is not met, in one line, with the command as it is typed. */
const remedies: Readonly<Record<CheckName, (subject: CheckSubject) => string>> = {
  tests: (subject) => `fix what fails, and bring the report: ${addEvidence(subject)}`,
  coverage: (subject) => `test what no test runs, and bring the report: ${addEvidence(subject)}`,
  findings: (subject) =>
    `update what is vulnerable and bring the new scan: ${addEvidence(subject)}; or set one finding aside: ${waive(subject)}`,
  signature: (subject) =>
    `sign the images where the release was built (cosign sign --key), or bring the verification: ${addEvidence(subject)}`,
  slo: (subject) => `find out what fails there: ${look(subject)}; it is measured again with the next look`,
  errorBudget: () => 'wait until the budget has recovered, and let only what mends it through',
  criticalAlerts: (subject) => `resolve what the alert is about, which is shown by ${look(subject)}`,
  stability: (subject) => `find out why it restarts: ${look(subject)}; then wait as long as the rules ask`,
  health: (subject) => `mend the service that is not well, which is shown by ${look(subject)} and by promote doctor`,
  responseTimes: (subject) => `look at resources and database of the slow service: ${look(subject)}`,
  codeReview: (subject) => `have the change reviewed, and bring the approval: ${addEvidence(subject)}`,
  bugs: (subject) => `fix the open bugs and bring the new list, or set one aside: ${waive(subject)}`,
  lint: (subject) => `fix what the linter says, and bring its report: ${addEvidence(subject)}`,
  load: (subject) => `run the load test, and bring its summary: ${addEvidence(subject)}`,
  performance: (subject) => `find what became slower, and bring the new report: ${addEvidence(subject)}`,
  canary: () => 'let it run as a canary for as long, and with as many requests, as the rules ask',
  source: (subject) =>
    `commit and push everything, make the release from that commit, and record it there: promote evidence source ${subject.application} --release ${subject.release}`,
  migrations: () => 'add the way back (.down.sql) to each migration, and make a new release',
  readiness: (subject) =>
    `see what is missing: ${compare(subject)}; with caution only: ${run(subject)} --acknowledge "<reason>"`,
  custom: ({ promotionId = '<promotion>' }) => `see what the check wrote: promote logs ${promotionId}`,
  soak: () => 'wait: it is verified there for as long as the rules ask, then ask again',
  images: () => 'build the images anew so that they are as the rules ask, and make a new release',
  conditions: () => 'do what the line above says, then ask again',
};

/** What is unknown rather than bad has a remedy of its own: what to do so that it can be judged. */
const remediesOfUnknown: readonly {
  readonly names: readonly CheckName[];
  readonly pattern: RegExp;
  readonly remedy: (subject: CheckSubject) => string;
}[] = [
  {
    names: ['slo', 'errorBudget', 'canary'],
    pattern: /\d requests, at least \d+ are needed/,
    remedy: ({ from }) =>
      `${from} must be used for this to be judged: send it requests, by people or by a load test, then ask again`,
  },
  {
    names: ['stability'],
    pattern: / has run in .* asked are /,
    remedy: () => 'wait until it has run for as long as the rules ask, then ask again',
  },
  {
    names: ['findings'],
    pattern: /^no usable report of /,
    remedy: (subject) => `scan the images, and bring the report: ${addEvidence(subject)}`,
  },
  {
    names: ['performance'],
    pattern: /nothing to compare with \(nothing runs in /,
    remedy: ({ application, to }) =>
      `there is nothing to be compared with before the first release: say performance: { onMissing: warn } in the gates of this path; or record what runs there already: promote adopt ${application} --env ${to}`,
  },
  {
    names: ['tests', 'coverage', 'lint', 'load', 'performance'],
    pattern: /^no usable /,
    remedy: (subject) => `bring the report of what was run for this release: ${addEvidence(subject)}`,
  },
];

/**
 * @param name of a check as it was judged; those of the team's own are called by their own name.
 * @param detail what was found, which tells what is bad from what nobody knows.
 */
export function remedyFor(name: string, subject: CheckSubject, detail = ''): string {
  if (name.startsWith('image ')) return remedies.images(subject);
  if (name.startsWith('hotfix ')) {
    const hotfix = `hotfix:${name.slice('hotfix '.length)}`;
    return `merge the hotfix into what this release is made from, or set it aside: promote waive ${subject.application} ${hotfix} --reason "<reason>" --expires 30d`;
  }
  if (!isCheckName(name)) return remedies.custom(subject);
  const ofUnknown = remediesOfUnknown.find(({ names, pattern }) => names.includes(name) && pattern.test(detail));
  return (ofUnknown?.remedy ?? remedies[name])(subject);
}

function isCheckName(name: string): name is CheckName {
  return Object.hasOwn(remedies, name);
}

function addEvidence({ application, release }: CheckSubject): string {
  return `promote evidence add ${application} --release ${release} --file <report>`;
}

function waive({ application }: CheckSubject): string {
  return `promote waive ${application} <finding> --reason "<reason>" --expires 30d`;
}

function look({ application, from }: CheckSubject): string {
  return `promote status ${application} --env ${from}`;
}

function compare({ application, from, to }: CheckSubject): string {
  return `promote compare ${from} ${to} ${application}`;
}

function run({ application, release, from, to }: CheckSubject): string {
  return `promote run ${application} --release ${release} --from ${from} --to ${to}`;
}
