import type { GateName } from '../../engine/rules/schema.ts';

type CheckName = GateName | 'custom' | 'soak' | 'images' | 'conditions';

/** What to do about a requirement that is not met, in one line. */
const remedies: Readonly<Record<CheckName, string>> = {
  tests: 'fix what fails, and bring the report: promote evidence add',
  coverage: 'test what no test runs, and bring the report: promote evidence add',
  findings: 'update what is vulnerable, bring the new scan, or set one finding aside: promote waive',
  signature: 'sign the images and bring the verification: promote evidence add',
  slo: 'find out what fails there: promote status --env; it is measured again with the next look',
  errorBudget: 'wait until the budget has recovered, and let only what mends it through',
  criticalAlerts: 'resolve what the alert is about: promote status --env shows it',
  stability: 'find out why it restarts: promote status --env; then wait as long as the rules ask',
  health: 'mend the service that is not well: promote status --env and promote doctor say which and why',
  responseTimes: 'look at resources and database of the slow service: promote status --env',
  codeReview: 'have the change reviewed, and bring the approval: promote evidence add',
  bugs: 'fix the open bugs and bring the new list, or set one aside: promote waive',
  lint: 'fix what the linter says, and bring its report: promote evidence add',
  load: 'run the load test, and bring its summary: promote evidence add',
  performance: 'find what became slower, and bring the new report: promote evidence add',
  canary: 'let it run as a canary for as long, and with as many requests, as the rules ask',
  source: 'commit and push everything, and make the release from that commit',
  migrations: 'add the way back (.down.sql) to each migration, and make a new release',
  readiness: 'see what is missing: promote compare; with caution: --acknowledge --reason',
  custom: 'see what the check wrote: promote logs',
  soak: 'wait: it is verified there for as long as the rules ask, then ask again',
  images: 'build the images anew so that they are as the rules ask, and make a new release',
  conditions: 'do what the line above says, then ask again',
};

/** @param name of a check as it was judged; those of the team's own are called by their own name. */
export function remedyFor(name: string): string {
  if (name.startsWith('hotfix ')) {
    const release = name.slice('hotfix '.length);
    return `merge the hotfix into what this release is made from, or set it aside: promote waive <application> hotfix:${release}`;
  }
  return isCheckName(name) ? remedies[name] : remedies.custom;
}

function isCheckName(name: string): name is CheckName {
  return Object.hasOwn(remedies, name);
}
