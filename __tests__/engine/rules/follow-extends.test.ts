import { execFileSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { compileDefinition } from '../../../engine/workflow/compile-definition.ts';
import type { Definition } from '../../../engine/workflow/definition.ts';
import { applicationText, RulesFolder } from './rules-folder.ts';

let folder: RulesFolder;
beforeEach(async () => {
  folder = await RulesFolder.make();
});
afterEach(async () => {
  await folder.remove();
});

const organisation = `version: 1
freezes:
  - { kind: once, name: year-end, reason: nobody is there, from: '2026-12-20T17:00:00Z', to: '2027-01-04T07:00:00Z' }
defaults:
  soakSeconds: 24h
`;
async function compiled(): Promise<Definition> {
  const { rules } = await folder.load();
  const [path] = rules.paths;
  if (path === undefined) throw new Error('there is no path');
  return compileDefinition(rules, path, 'shop', builtInSteps, false);
}
const extending = (file: string): string => applicationText().replace('organisation.yaml', file);

describe('a rules file that extends another', () => {
  it('has what the other says, setting by setting, and its own word first', async () => {
    await folder.write({
      'organisation.yaml': `${organisation}  gates: { coverage: { minimumPercent: 60, maxAgeSeconds: 1h } }\n`,
      'app.yaml': applicationText('defaults: { gates: { coverage: { minimumPercent: 75 } } }\n'),
    });
    const { rules } = await folder.load();
    expect(rules.freezes.map(({ name }) => name)).toEqual(['year-end']);
    expect(rules.paths[0]).toMatchObject({
      soakSeconds: 86_400,
      gates: { coverage: { minimumPercent: 75, maxAgeSeconds: 3600 } },
    });
    expect(rules).not.toHaveProperty('extends');
  });

  it('may leave environments and paths to it, and say single ones anew', async () => {
    const [head = '', paths = ''] = applicationText().split('paths:\n');
    await folder.write({
      'organisation.yaml': `${head.slice(head.indexOf('version'))}paths:\n${paths}`,
      'app.yaml': `version: 1
extends: organisation.yaml
applications:
  - { name: blog, services: [{ name: api }] }
paths:
  - { from: dev, to: staging, soakSeconds: 1h }
`,
    });
    const { rules } = await folder.load();
    expect(rules.applications.map(({ name }) => name)).toEqual(['shop', 'blog']);
    expect(rules.paths.map(({ to, soakSeconds }) => [to, soakSeconds])).toEqual([
      ['staging', 3600],
      ['production', 0],
    ]);
  });

  it('is looked for from the folder of the file that extends it, through several files', async () => {
    await folder.write({
      'organisation.yaml': organisation,
      'divisions/retail.yaml': 'version: 1\nextends: ../organisation.yaml\ndefaults: { bakeSeconds: 30m }\n',
      'apps/shop/app.yaml': extending('../../divisions/retail.yaml'),
    });
    execFileSync('git', ['init', '--quiet', folder.path]);
    const { rules, origin } = await folder.load('apps/shop/app.yaml');
    expect(rules.paths[1]).toMatchObject({ soakSeconds: 86_400, bakeSeconds: 1800 });
    expect(origin.files.map((file) => file.replace(`${folder.path}/`, ''))).toEqual([
      'apps/shop/app.yaml',
      'divisions/retail.yaml',
      'organisation.yaml',
    ]);
    expect(origin.placeOf(['defaults', 'soakSeconds'])).toEqual({ file: folder.in('organisation.yaml'), line: 5 });
  });

  it('is compiled into what a promotion starts with, together with the other', async () => {
    await folder.write({
      'organisation.yaml': `${organisation}mandatory: [{ gates: { coverage: { minimumPercent: 60 } } }]\n`,
      'app.yaml': applicationText(),
    });
    const before = await compiled();
    expect(before).toMatchObject({
      gates: [{ gate: 'coverage', config: { minimumPercent: 60 } }],
      schedule: { freezes: [{ name: 'year-end', origin: 'rules' }] },
    });
    await folder.write({ 'organisation.yaml': organisation });
    const after = await compiled();
    expect(after.gates).toEqual([]);
    expect(after.rulesHash).not.toBe(before.rulesHash);
  });

  it('has the problems of the other told under its name, and its own under its own', async () => {
    await folder.write({
      'organisation.yaml': organisation.replace('24h', 'a day').replace('name: year-end', 'nome: year-end'),
      'app.yaml': applicationText('roles: none\n'),
    });
    expect(await folder.told()).toEqual([
      expect.stringMatching(/^app\.yaml:\d+:8 roles must be a list; found none\.$/),
      expect.stringMatching(/^organisation\.yaml:3:19 freezes\[0\]\.nome is not a known key.*Did you mean name\?/),
      expect.stringMatching(/^organisation\.yaml:5:16 defaults\.soakSeconds must be seconds/),
    ]);
  });

  it('has what it says over again checked in the other, too', async () => {
    await folder.write({
      'organisation.yaml': organisation.replace('24h', '-1'),
      'app.yaml': applicationText('defaults: { soakSeconds: 1h }\n'),
    });
    expect(await folder.told()).toEqual([expect.stringMatching(/^organisation\.yaml:5:16 defaults\.soakSeconds/)]);
  });

  it('counts entries as they stand in their own file', async () => {
    await folder.write({
      'organisation.yaml': organisation,
      'app.yaml': applicationText('freezes: [{ kind: never }]\n'),
    });
    expect(await folder.told()).toEqual([expect.stringContaining(' freezes[0].kind must be one of weekly, once')]);
  });

  it('is told which environment of the other there is not', async () => {
    await folder.write({
      'organisation.yaml': organisation.replace("Z' }", "Z', environments: [prod] }"),
      'app.yaml': applicationText(),
    });
    expect(await folder.told()).toEqual([
      expect.stringMatching(/^organisation\.yaml:3:\d+ freezes\[0\]\.environments\[0\] must be an environment: dev, /),
    ]);
  });
});

describe('what is extended cannot be', () => {
  it('absent', async () => {
    await folder.write({ 'app.yaml': extending('organization.yaml') });
    expect(await folder.told()).toEqual([
      expect.stringMatching(/^app\.yaml:1:10 extends must be a rules file that is there; found organization\.yaml/),
    ]);
  });

  it('a folder', async () => {
    await mkdir(folder.in('organisation'));
    await folder.write({ 'app.yaml': extending('organisation') });
    expect(await folder.told()).toEqual([expect.stringMatching(/^organisation:1:1 This must be a file, .* a folder/)]);
  });

  it('malformed, which is told under its name and with its place', async () => {
    await folder.write({ 'app.yaml': applicationText(), 'organisation.yaml': 'version: 1\nfreezes: [\n' });
    expect(await folder.told()).toEqual([expect.stringMatching(/^organisation\.yaml:2:11 This is not well-formed/)]);
  });

  it('itself, directly or through others', async () => {
    await folder.write({
      'app.yaml': extending('a.yaml'),
      'a.yaml': 'version: 1\nextends: ./b.yaml\n',
      'b.yaml': 'version: 1\nextends: a.yaml\n',
      'self.yaml': 'version: 1\nextends: self.yaml\n',
    });
    expect(await folder.told()).toEqual([
      'b.yaml:2:10 extends must be a file that does not lead back here; found the circle a.yaml → b.yaml → a.yaml.',
    ]);
    expect(await folder.told('self.yaml')).toEqual([expect.stringContaining('the circle self.yaml → self.yaml')]);
  });

  it('the ninth in a row', async () => {
    const files: Record<string, string> = { 'app.yaml': extending('1.yaml'), '9.yaml': organisation };
    for (let index = 1; index < 9; index += 1) {
      files[`${String(index)}.yaml`] = `version: 1\nextends: ${String(index + 1)}.yaml\n`;
    }
    await folder.write(files);
    expect(await folder.told()).toEqual([
      expect.stringMatching(/^8\.yaml:2:10 extends must be at the end of a chain of at most 8 files/),
    ]);
    await folder.write({ '8.yaml': organisation });
    expect(await folder.told()).toEqual([]);
  });

  it('outside the folder, be it by dots, by an absolute path or by a link', async () => {
    const outside = await RulesFolder.make();
    try {
      await outside.write({ 'organisation.yaml': organisation });
      await symlink(outside.in('organisation.yaml'), folder.in('link.yaml'));
      const words = [
        `../${outside.path.split('/').at(-1) ?? ''}/organisation.yaml`,
        outside.in('organisation.yaml'),
        'link.yaml',
      ];
      for (const word of words) {
        await folder.write({ 'app.yaml': extending(word) });
        expect(await folder.told()).toEqual([expect.stringMatching(/^app\.yaml:1:10 extends must be a relative path/)]);
        expect(await folder.told('app.yaml', [outside.path])).toEqual([]);
      }
    } finally {
      await outside.remove();
    }
  });

  it('anything but text', async () => {
    await folder.write({ 'app.yaml': extending('[organisation.yaml]') });
    expect(await folder.told()).toEqual([expect.stringMatching(/^app\.yaml:1:1 extends must be text/)]);
  });
});
