import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { dispensableSteps } from '../../../engine/rules/step-names.ts';
import type { RuleProblem } from '../../../engine/rules/problem.ts';
import type { Rules } from '../../../engine/rules/schema.ts';
import { problemsOf } from './problems-of.ts';
import { pipelineText } from './rules-text.ts';

function rulesOf(text: string): Rules {
  const parsed = parseRules(text, 'promotion-rules.yaml');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.rules;
}

/** The pipeline with one piece of its text replaced; what is replaced must be there. */
function changed(from: string, to: string): string {
  if (!pipelineText.includes(from)) throw new Error(`The pipeline has no ${from}.`);
  return pipelineText.replace(from, to);
}

describe('a valid document', () => {
  it('gets every default, durations as seconds and environments by their names', () => {
    const rules = rulesOf(pipelineText);
    expect(rules.paths.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'dev qa',
      'qa uat1',
      'qa uat2',
      'uat1 staging',
      'uat2 staging',
      'staging live',
    ]);
    expect(rules.paths[5]).toMatchObject({
      soakSeconds: 86_400,
      autoPromote: false,
      rollback: { timeoutSeconds: 300 },
    });
    expect(rules.environments[4]?.services[0]).toMatchObject({
      startupTimeoutSeconds: 300,
      healthCheckTimeoutSeconds: 30,
    });
    expect(rules.applications[0]?.services[0]).toEqual({ name: 'api', kind: 'api', critical: true });
  });

  it('lets a path inherit setting by setting and take a gate back', () => {
    const { paths } = rulesOf(pipelineText);
    expect(paths[0]?.gates.tests).toMatchObject({ suites: ['unit'] });
    expect(paths[5]?.gates.tests).toBe(false);
    expect(paths[5]?.gates.coverage).toMatchObject({ minimumPercent: 85, maxAgeSeconds: 3600 });
  });

  it('may begin with a byte order mark', () => {
    expect(parseRules(new TextEncoder().encode(`\uFEFF${pipelineText}`), 'f').ok).toBe(true);
  });
});

describe('a wrong document', () => {
  it('has all its mistakes told at once, in the order of the file, each at its place', () => {
    const text = pipelineText
      .replace('version: 1', 'version: 2')
      .replace('registry: ', 'regisrty: ')
      .replace('minimumPercent: 85', 'minimumPercent: 140')
      .replace('{ from: qa, to: uat1 }', '{ from: qa, to: uta1 }')
      .replace('soakSeconds: 24h', 'soakSeconds: 24 hours');
    const places = problemsOf(text).map(({ line, column, path }) => `${String(line)}:${String(column)} ${path}`);
    const lines = text.split('\n');
    const at = (needle: string, offset = 0): string => {
      const line = lines.findIndex((candidate) => candidate.includes(needle));
      return `${String(line + 1)}:${String((lines[line] ?? '').indexOf(needle) + 1 + offset)}`;
    };
    expect(places).toEqual([
      `${at('version: 2', 9)} version`,
      `${at('regisrty')} environments[0].targets.regisrty`,
      `${at('uta1')} paths[1].to`,
      `${at('24 hours')} paths[5].soakSeconds`,
      `${at('140')} paths[5].gates.coverage.minimumPercent`,
    ]);
  });

  it.each<[string, string, string, Partial<RuleProblem>]>([
    ['a mistyped key', 'soakSeconds', 'soakSecond', { path: 'paths[5].soakSecond', suggestion: 'soakSeconds' }],
    ['a mistyped gate', 'coverage: { minimumPercent: 85 }', 'coverge: {}', { suggestion: 'coverage' }],
    ['a mistyped environment', 'from: staging\n', 'from: stagging\n', { path: 'paths[5].from', suggestion: 'staging' }],
    ['a mistyped kind', 'kind: local', 'kind: locl', { suggestion: 'local' }],
    ['a mistyped placeholder', '<app>-<env>', '<app>-<enviro>', { suggestion: '<env>' }],
    ['a mistyped suite', 'suites: [unit]', 'suites: [unti]', { suggestion: 'unit' }],
    [
      'a mistyped step',
      'soakSeconds: 24h',
      'steps: { leaveOut: [migrate-databse] }',
      { path: 'paths[5].steps.leaveOut[0]', suggestion: 'migrate-database' },
    ],
    ['a mistyped service', '- name: api\n        healthUrl', '- name: apo\n        healthUrl', { suggestion: 'api' }],
    ['a coverage of 140', 'minimumPercent: 85', 'minimumPercent: 140', { expected: 'at most 100', found: '140' }],
    ['a negative duration', 'soakSeconds: 24h', 'soakSeconds: -1', { path: 'paths[5].soakSeconds', found: '-1' }],
    [
      '3 of 2',
      'atLeast: 1',
      'atLeast: 3',
      { path: 'paths[4].after.atLeast', expected: 'at most 2, the number of environments listed' },
    ],
    ['an environment counted twice', 'of: [uat1, uat2]', 'of: [uat1, uat1]', { path: 'paths[4].after.of[1]' }],
    [
      'a wait for what comes later',
      'of: [uat1, uat2]',
      'of: [uat1, prod]',
      { path: 'paths[4].after.of[1]', found: 'prod' },
    ],
    ['an unknown word for after', 'after: all', 'after: every', { path: 'paths[3].after' }],
    [
      'a quorum of more people than listed',
      'roles: [cab], minimumApprovals: 2',
      'people: [ana], minimumApprovals: 2',
      { path: 'paths[5].approvals.stages[0].minimumApprovals' },
    ],
    ['a stage that nobody can approve', 'roles: [cab], ', '', { path: 'paths[5].approvals.stages[0]' }],
    [
      'an environment twice',
      '  - { name: uat2,',
      '  - { name: qa, targets: *targets }\n  - { name: uat2,',
      { path: 'environments[3].name', found: 'qa' },
    ],
    [
      'an alias that is a name',
      '[prod, production]',
      '[prod, qa]',
      { path: 'environments[5].aliases[1]', found: 'qa' },
    ],
    ['a move twice', '{ from: qa, to: uat2 }', '{ from: qa, to: uat1 }', { path: 'paths[2]' }],
    ['a path to itself, by an alias', 'from: staging\n', 'from: live\n', { path: 'paths[5].to' }],
    ['a circle', '{ from: qa, to: uat2 }', '{ from: qa, to: dev }', { found: 'the circle qa → dev → qa' }],
    [
      'a window in no time zone',
      'soakSeconds: 24h',
      "windows: [{ kind: weekly, from: '09:00', to: '17:00', timeZone: Mars/Base }]",
      { path: 'paths[5].windows[0].timeZone' },
    ],
    [
      'an empty window',
      'soakSeconds: 24h',
      "windows: [{ kind: weekly, from: '09:00', to: '09:00', timeZone: UTC }]",
      { path: 'paths[5].windows[0].to' },
    ],
    [
      'a maintenance window that ends before it begins',
      'soakSeconds: 24h',
      "windows: [{ kind: once, from: '2026-12-02T00:00:00Z', to: '2026-12-01T00:00:00Z' }]",
      { path: 'paths[5].windows[0].to' },
    ],
    [
      'image sizes the wrong way round',
      'soakSeconds: 24h',
      'images: { minimumSizeBytes: 2, maximumSizeBytes: 1 }',
      { path: 'paths[5].images.minimumSizeBytes' },
    ],
    [
      'delays the wrong way round',
      'soakSeconds: 24h',
      'retry: { initialDelaySeconds: 2m, maximumDelaySeconds: 1m }',
      { path: 'paths[5].retry.initialDelaySeconds' },
    ],
    [
      'a canary that is shorter than the default between its looks',
      'soakSeconds: 24h',
      'canary: { enabled: true, durationSeconds: 30 }',
      {
        path: 'paths[5].canary.checkIntervalSeconds',
        expected: 'at most durationSeconds, or the canary is never looked at',
        found: 'nothing, and its default of 1 min is too large',
      },
    ],
    [
      'a canary that is shorter than what is said between its looks',
      'soakSeconds: 24h',
      'canary: { enabled: true, durationSeconds: 30, checkIntervalSeconds: 40 }',
      { path: 'paths[5].canary.checkIntervalSeconds', found: '40' },
    ],
    [
      'a level of caution that is by default above the one given for ready',
      'version: 1',
      'version: 1\nreadiness: { readyPercent: 60 }',
      { path: 'readiness.cautionPercent', found: 'nothing, and its default of 75 is too large' },
    ],
    [
      'a canary of everything',
      'soakSeconds: 24h',
      'canary: { enabled: true, percentage: 100 }',
      { expected: 'at most 99' },
    ],
    [
      'a canary that nobody switches on',
      'soakSeconds: 24h',
      'canary: { percentage: 20, durationSeconds: 60 }',
      {
        path: 'paths[5].canary',
        expected: 'told with enabled: true, or there is no canary; with enabled: false where none is wanted',
      },
    ],
    [
      'a canary for all paths that none switches on',
      'defaults:',
      'defaults:\n  canary: { percentage: 20 }',
      { path: 'defaults.canary' },
    ],
    [
      'a call to where clouds hand out credentials',
      'soakSeconds: 24h',
      'steps: { custom: [{ name: own, after: verify, action: { kind: http, url: "http://169.254.169.254/latest" } }] }',
      {
        path: 'paths[5].steps.custom[0].action.url',
        expected: "an address that may be called; 169.254.169.254 hands out a cloud's credentials",
      },
    ],
    [
      'a health check of where clouds hand out credentials',
      'https://<service>.<env>.<app>.example/health',
      'http://169.254.169.254/<app>',
      {
        path: 'environments[4].services[0].healthUrl',
        expected: "an address that may be called; 169.254.169.254 hands out a cloud's credentials",
      },
    ],
    [
      'a channel that calls where clouds hand out credentials',
      'defaults:',
      'notifications: { channels: [{ name: ops, kind: webhook, url: "http://[fd00:ec2::254]/" }] }\ndefaults:',
      { path: 'notifications.channels[0].url' },
    ],
    [
      'a canary that is enabled and left out',
      'soakSeconds: 24h',
      'canary: { enabled: true }\n    steps: { leaveOut: [shift-canary] }',
      { path: 'paths[5].steps.leaveOut[0]' },
    ],
    [
      'leaving out what judges',
      'soakSeconds: 24h',
      'steps: { leaveOut: [validate-conditions] }',
      {
        path: 'paths[5].steps.leaveOut[0]',
        expected: `one of ${dispensableSteps.join(', ')}. validate-conditions cannot be left out: no gate would be judged; leave out gates instead`,
      },
    ],
    [
      'a custom step named like a built-in one',
      'soakSeconds: 24h',
      'steps: { custom: [{ name: deploy, after: verify, action: { kind: command, command: [ls] } }] }',
      { path: 'paths[5].steps.custom[0].name' },
    ],
    ['force for nobody', 'soakSeconds: 24h', 'force: { allowed: true }', { path: 'paths[5].force.roles' }],
    [
      'an item ticked by a gate that is not demanded',
      'soakSeconds: 24h',
      'checklist: [{ item: Tested, gate: tests }]',
      { path: 'paths[5].checklist[0].gate', found: 'tests' },
    ],
    [
      'an item before the deployment that is ticked by a gate judged after it',
      '      coverage: { minimumPercent: 85 }',
      '      load: { phases: [after] }\n    checklist: [{ item: Tested, gate: load }]',
      { path: 'paths[5].checklist[0].gate', found: 'load' },
    ],
    [
      'a channel that is not there',
      'soakSeconds: 24h',
      'rollback: { escalateTo: [on-call] }',
      { path: 'paths[5].rollback.escalateTo[0]' },
    ],
    [
      'a hotfix lane into the last environment',
      'defaults:',
      'hotfix: { entry: prod, approvals: [{ name: CAB, roles: [cab] }] }\ndefaults:',
      { path: 'hotfix.entry', found: 'prod' },
    ],
    [
      'a role that is not listed',
      'defaults:',
      'roles: [{ name: cabb }]\ndefaults:',
      { path: 'paths[5].approvals.stages[0].roles[0]', suggestion: 'cabb' },
    ],
    [
      'a quorum larger than its role',
      'defaults:',
      'roles: [{ name: cab, people: [ana] }]\ndefaults:',
      { path: 'paths[5].approvals.stages[0].minimumApprovals' },
    ],
    [
      'readiness the wrong way round',
      'defaults:',
      'readiness: { readyPercent: 50 }\ndefaults:',
      { path: 'readiness.cautionPercent' },
    ],
    [
      'a configuration path that leaves its folder',
      '      flags:',
      '        path: ../<app>.yaml\n      flags:',
      { path: 'environments[0].targets.configuration.path' },
    ],
    [
      'a connection string as the database',
      '<app>-<env>',
      'postgres://db/<app>',
      { path: 'environments[0].targets.database' },
    ],
  ])('%s is refused', (_name, from, to, expected) => {
    expect(problemsOf(changed(from, to))).toEqual([expect.objectContaining(expected)]);
  });

  it.each(['viewer', 'promoter', 'approver', 'operator', 'admin'])(
    'takes the role %s, which the engine has itself, beside those that are listed',
    (role) => {
      const text = changed('roles: [cab], minimumApprovals: 2', `roles: [${role}], minimumApprovals: 2`)
        .replace(
          'soakSeconds: 24h',
          `freezeOverride: { roles: [${role}] }\n    checklist: [{ item: Told, by: ${role} }]`,
        )
        .replace('defaults:', 'roles: [{ name: sre, people: [ana] }]\ndefaults:');
      const parsed = parseRules(text, 'promotion-rules.yaml');
      expect(parsed).toMatchObject({ ok: true });
    },
  );

  it('is told once where an anchor holds the mistake, however many aliases repeat it', () => {
    expect(problemsOf(changed('kind: file', 'kind: fil'))).toHaveLength(1);
  });

  it('never repeats what could be a secret', () => {
    const token = 'ghp_0123456789abcdefghij';
    const password = 'hunter2';
    const text = changed(
      'repository: https://git.example/config.git',
      `repository: https://ana:${password}@git.example/c.git\n        tokenSecret: ${token}`,
    );
    const problems = problemsOf(text);
    expect(problems.map(({ path }) => path)).toEqual([
      'environments[0].targets.configuration.repository',
      'environments[0].targets.configuration.tokenSecret',
    ]);
    expect(JSON.stringify(problems)).not.toMatch(new RegExp(`${token}|${password}`));
  });

  it('keeps problems few enough to read when there are thousands', () => {
    const many = Array.from({ length: 3000 }, (_, index) => `key${String(index)}: 1`).join('\n');
    const problems = problemsOf(`${pipelineText}${many}`);
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)?.message).toMatch(/^And \d+ more problems\.$/);
  });
});

describe('freezes', () => {
  const withFreeze = (at: 'application' | 'organisation', environments: string): string => {
    const freeze = `{ kind: weekly, name: weekend, reason: nobody is there, days: [saturday, sunday], from: '00:00', to: '24:00', timeZone: Europe/Berlin, environments: ${environments} }`;
    return at === 'organisation'
      ? `${pipelineText}freezes:\n  - ${freeze}\n`
      : pipelineText.replace('  - name: shop\n', `  - name: shop\n    freezes:\n      - ${freeze}\n`);
  };

  it.each(['application', 'organisation'] as const)(
    'of an %s may be about some environments, by name or alias',
    (at) => {
      const parsed = parseRules(withFreeze(at, '[prod]'), 'rules.yaml');
      if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
      const freezes = at === 'application' ? parsed.rules.applications[0]?.freezes : parsed.rules.freezes;
      expect(freezes).toMatchObject([{ name: 'weekend', to: '24:00', environments: ['live'], exceptHotfix: true }]);
    },
  );

  it.each(['application', 'organisation'] as const)('of an %s name no environment that there is not', (at) => {
    const parsed = parseRules(withFreeze(at, '[lve]'), 'rules.yaml');
    expect(parsed).toMatchObject({ ok: false, problems: [{ found: 'lve', suggestion: 'live' }] });
  });
});
