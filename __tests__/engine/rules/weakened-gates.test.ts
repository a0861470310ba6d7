import { applicationText, RulesFolder } from './rules-folder.ts';

let folder: RulesFolder;
beforeEach(async () => {
  folder = await RulesFolder.make();
});
afterEach(async () => {
  await folder.remove();
});

const organisation = `version: 1
mandatory:
  - reason: PCI 6.3
    gates:
      coverage: { minimumPercent: 70 }
      findings: { maximum: { critical: 0, high: 0 } }
  - into: [production]
    gates:
      coverage: { minimumPercent: 80, maxAgeSeconds: 7d }
      custom:
        - { name: licences, action: { kind: command, command: [check-licences] } }
`;
const write = (more = '', path = '', production = '') =>
  folder.write({
    'organisation.yaml': organisation,
    'app.yaml': applicationText(more, { path: path === '' ? '' : `    ${path}\n`, production }),
  });

describe('mandatory gates', () => {
  it('are demanded by paths that say nothing of them, the strictest of all that concern a path', async () => {
    await write();
    const { rules } = await folder.load();
    expect(rules.paths.map(({ gates }) => gates)).toMatchObject([
      { coverage: { minimumPercent: 70, maxAgeSeconds: 2_592_000 }, custom: [] },
      { coverage: { minimumPercent: 80, maxAgeSeconds: 604_800 }, custom: [{ name: 'licences' }] },
    ]);
  });

  it('may be demanded more strictly, setting by setting, and beside others', async () => {
    await write('', 'gates: { coverage: { minimumPercent: 90 }, lint: {} }');
    const { rules } = await folder.load();
    expect(rules.paths[1]?.gates).toMatchObject({
      coverage: { minimumPercent: 90, maxAgeSeconds: 604_800 },
      findings: { maximum: { high: 0 } },
      lint: { maximumErrors: 0 },
    });
  });

  it('stay what they are when the result is parsed again', async () => {
    await write('', 'gates: { findings: { maximum: { medium: 3 } } }');
    const { rules } = await folder.load();
    await folder.write({ 'stored.yaml': JSON.stringify(rules) });
    expect((await folder.load('stored.yaml')).rules).toEqual(rules);
  });

  it('tick items of a checklist', async () => {
    await write('', 'checklist: [{ item: scanned, gate: findings }]');
    expect((await folder.load()).rules.paths[1]?.checklist).toHaveLength(1);
  });
});

describe('an attempt to weaken a mandatory gate', () => {
  const line = (text: string): string => {
    const lines = applicationText('', { path: '    HERE\n' }).split('\n');
    return `app.yaml:${String(lines.findIndex((each) => each.includes('HERE')) + 1)}:${String(5 + text.length)}`;
  };

  it.each([
    [
      'taking it back',
      'gates: { findings: false }',
      `${line('gates: { findings: ')} paths[1].gates.findings must be a group of settings or left out: a gate that organisation.yaml:6:7 makes mandatory (PCI 6.3); found false.`,
    ],
    [
      'lowering its threshold',
      'gates: { coverage: { minimumPercent: 79 } }',
      `${line('gates: { coverage: { minimumPercent: ')} paths[1].gates.coverage.minimumPercent must be at least 80, which organisation.yaml:9:35 makes mandatory; found 79.`,
    ],
    [
      'passing more findings',
      'gates: { findings: { maximum: { high: 5 } } }',
      `${line('gates: { findings: { maximum: { high: ')} paths[1].gates.findings.maximum.high must be at most 0, which organisation.yaml:6:49 makes mandatory (PCI 6.3); found 5.`,
    ],
    [
      'only warning when it is unknown',
      'gates: { coverage: { onMissing: warn } }',
      `${line('gates: { coverage: { onMissing: ')} paths[1].gates.coverage.onMissing must be fail, which organisation.yaml:5:7 makes mandatory (PCI 6.3); found warn.`,
    ],
    [
      'letting its evidence grow older',
      'gates: { coverage: { maxAgeSeconds: 8d } }',
      `${line('gates: { coverage: { maxAgeSeconds: ')} paths[1].gates.coverage.maxAgeSeconds must be at most 7 d, which organisation.yaml:9:54 makes mandatory; found 8d.`,
    ],
    [
      'another action under its name',
      'gates: { custom: [{ name: licences, action: { kind: command, command: ["true"] } }] }',
      `${line('gates: { custom: [{ name: licences, ')} paths[1].gates.custom[0].action must be the same, which organisation.yaml:11:29 makes mandatory; found a group of settings.`,
    ],
  ])('by %s is an error at its place that names the other', async (_, path, message) => {
    await write('', path);
    expect((await folder.told())[0]).toBe(message);
  });

  it('in the defaults is one, told once though it concerns every path', async () => {
    await write('defaults: { gates: { findings: false } }\n');
    expect(await folder.told()).toEqual([expect.stringMatching(/^app\.yaml:\d+:32 defaults\.gates\.findings must be/)]);
  });

  it('in a file between is told under that file', async () => {
    await folder.write({
      'organisation.yaml': organisation,
      'division.yaml':
        'version: 1\nextends: organisation.yaml\ndefaults: { gates: { coverage: { minimumPercent: 10 } } }\n',
      'app.yaml': applicationText().replace('organisation.yaml', 'division.yaml'),
    });
    expect(await folder.told()).toEqual([
      expect.stringMatching(
        /^division\.yaml:3:50 defaults\.gates\.coverage\.minimumPercent must be at least 70, .*; found 10/,
      ),
      expect.stringMatching(/^division\.yaml:3:50 .* at least 80, which organisation\.yaml:9:35 makes mandatory/),
    ]);
  });

  it('cannot be made by a mandatory entry of its own', async () => {
    await write('mandatory: [{ gates: { coverage: { minimumPercent: 5 } } }]\n');
    const { rules } = await folder.load();
    expect(rules.paths.map(({ gates }) => gates.coverage)).toMatchObject([
      { minimumPercent: 70 },
      { minimumPercent: 80 },
    ]);
  });

  it('cannot be made by another name for the environment', async () => {
    await write();
    const text = applicationText().replaceAll('production', 'live');
    await folder.write({ 'app.yaml': text });
    expect(await folder.told()).toEqual([
      expect.stringMatching(
        /^organisation\.yaml:7:12 mandatory\[1\]\.into\[0\] must be an environment: dev, staging, live/,
      ),
    ]);
    await folder.write({ 'app.yaml': text.replace('- name: live\n', '- name: live\n    aliases: [production]\n') });
    expect((await folder.load()).rules.paths[1]?.gates.coverage).toMatchObject({ minimumPercent: 80 });
  });

  it('by service levels below the objective of the environment is one', async () => {
    await folder.write({
      'organisation.yaml': 'version: 1\nmandatory: [{ gates: { slo: { environment: target } } }]\n',
      'app.yaml': applicationText('', {
        path: '    gates: { slo: { minimumAvailabilityPercent: 90 } }\n',
        production: '    slo: { availabilityPercent: 99.9 }\n',
      }),
    });
    expect(await folder.told()).toEqual([
      expect.stringMatching(/slo\.minimumAvailabilityPercent must be at least 99\.9/),
    ]);
  });

  it('by letting a service answer more slowly than the gate is one, by its kind', async () => {
    await folder.write({
      'organisation.yaml': 'version: 1\nmandatory: [{ gates: { responseTimes: { environment: target } } }]\n',
      'app.yaml': applicationText('', {
        production:
          '    services: [{ name: api, maxResponseTimeSeconds: 4 }, { name: web, maxResponseTimeSeconds: 4 }]\n',
      }),
    });
    expect(await folder.told()).toEqual([
      expect.stringMatching(
        /environments\[2\]\.services\[0\]\.maxResponseTimeSeconds must be at most 2, which organisation/,
      ),
    ]);
  });
});
