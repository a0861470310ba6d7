import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applicationText, RulesFolder } from '../../engine/rules/rules-folder.ts';
import { record } from '../support/recorded-command.ts';

let folder: RulesFolder;
beforeEach(async () => {
  folder = await RulesFolder.make();
  await folder.write({
    'organisation.yaml': `version: 1
mandatory:
  - gates: { coverage: { minimumPercent: 70 } }
freezes:
  - { kind: once, name: year-end, reason: nobody is there, from: '2026-12-20T17:00:00Z', to: '2027-01-04T07:00:00Z' }
`,
    'app.yaml': applicationText('', { path: '    soakSeconds: 24h\n' }),
  });
});
afterEach(async () => {
  await folder.remove();
});

/** Runs a command about a file of the folder, whose name is left out of what is answered. */
async function rules(command: string, name: string, ...more: readonly string[]) {
  const { exitCode, out, errors } = await record(['rules', command, folder.in(name), ...more]);
  const short = (text: string): string => text.replaceAll(`${folder.path}/`, '');
  return { exitCode, out: short(out), errors: short(errors) };
}

describe('promote rules, about a file that extends another', () => {
  it('check says what it extends', async () => {
    expect(await rules('check', 'app.yaml')).toEqual({
      exitCode: 0,
      out: '✔ app.yaml  1 application, 3 environments, 2 paths; extends organisation.yaml\n',
      errors: '',
    });
    expect(JSON.parse((await rules('check', 'app.yaml', '--json')).out)).toEqual({
      file: 'app.yaml',
      ok: true,
      problems: [],
      warnings: [],
      extends: ['organisation.yaml'],
    });
  });

  it('check warns of what is right and refused when it is promoted, by name and line, and passes', async () => {
    const text = await readFile(folder.in('app.yaml'), 'utf8');
    await folder.write({ 'app.yaml': `${text}\ncollect: { audit: false }\n` });
    const { exitCode, out, errors } = await rules('check', 'app.yaml');
    expect([exitCode, out]).toEqual([0, expect.stringContaining('✔ app.yaml')]);
    expect(errors).toMatch(/^! app\.yaml:\d+ {2}this version cannot carry out collect\.audit: false, .*\n$/);
    const json = JSON.parse((await rules('check', 'app.yaml', '--json')).out) as object;
    expect(json).toMatchObject({
      ok: true,
      warnings: [{ file: 'app.yaml', message: expect.stringContaining('collect.audit') as string }],
    });
  });

  it('check looks at a file that is there to be extended, too', async () => {
    expect((await rules('check', 'organisation.yaml')).out).toBe(
      '✔ organisation.yaml  for other files to extend: 1 mandatory gate, 1 freeze\n',
    );
  });

  it('check shows the line that weakens something, and names the one that is weakened', async () => {
    await folder.write({ 'app.yaml': applicationText('', { path: '    gates: { coverage: false }\n' }) });
    const { exitCode, errors } = await rules('check', 'app.yaml');
    expect(exitCode).toBe(2);
    expect(errors).toMatch(
      /^app\.yaml:\d+:24 {2}paths\[1\]\.gates\.coverage .* organisation\.yaml:3:14 makes mandatory; found false\.\n/,
    );
    expect(errors).toMatch(/\| {5}gates: \{ coverage: false …\n/);
  });

  it('check shows the line of the extended file when that is wrong', async () => {
    await folder.write({ 'organisation.yaml': 'version: 1\nmandatory: yes\n' });
    expect((await rules('check', 'app.yaml')).errors).toMatch(/^organisation\.yaml:2:12 .*\n {2}2 \| mandatory: yes\n/);
  });

  it('graph shows what comes from the other file', async () => {
    const { out } = await rules('graph', 'app.yaml');
    expect(out.split('\n')).toContain('          gates       coverage ≥ 70 %  ← organisation.yaml:3');
    expect(out.split('\n')).toContain('          soak        24 h verified in staging');
    const json: unknown = JSON.parse((await rules('graph', 'app.yaml', '--json')).out);
    expect(json).toMatchObject({
      paths: [
        { places: [{ setting: 'gates.coverage', file: 'organisation.yaml', line: 3 }] },
        { places: [{ setting: 'soakSeconds', file: 'app.yaml' }, { setting: 'gates.coverage' }] },
      ],
    });
  });

  it('explain names the file and the line of everything', async () => {
    const { out } = await rules('explain', 'app.yaml', '--to', 'production');
    const line = (subject: string) => out.split('\n').filter((each) => each.trimStart().startsWith(subject));
    expect(line('soak')).toEqual([expect.stringMatching(/ app\.yaml:\d+$/)]);
    expect(line('gate')).toEqual([expect.stringMatching(/coverage ≥ 70 % +organisation\.yaml:3$/)]);
    expect(line('freeze')).toEqual([expect.stringMatching(/year-end: .* organisation\.yaml:5$/)]);
    const { settings } = JSON.parse((await rules('explain', 'app.yaml', '--to', 'production', '--json')).out) as {
      readonly settings: readonly object[];
    };
    expect(settings).toContainEqual(
      expect.objectContaining({ subject: 'gate', lines: [], places: [{ file: 'organisation.yaml', line: 3 }] }),
    );
  });

  it('takes it from a folder that PROMOTE_RULES_FOLDERS allows, and from no other outside', async () => {
    const outside = await RulesFolder.make();
    try {
      await outside.write({ 'organisation.yaml': 'version: 1\n' });
      await folder.write({
        'app.yaml': applicationText().replace('organisation.yaml', outside.in('organisation.yaml')),
      });
      const check = (allowed: string) =>
        record(['rules', 'check', folder.in('app.yaml')], { environment: { PROMOTE_RULES_FOLDERS: allowed } });
      expect((await check(`/nowhere:${outside.path}`)).exitCode).toBe(0);
      expect((await check('/nowhere')).errors).toContain('PROMOTE_RULES_FOLDERS');
    } finally {
      await outside.remove();
    }
  });
});

describe('promote rules, about what standard input says', () => {
  /** As a shell does it, since standard input belongs to a process. */
  function check(text: string, ...more: readonly string[]) {
    const main = join(import.meta.dirname, '../../../cli/main.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'rules', 'check', '-', ...more], {
      cwd: folder.path,
      encoding: 'utf8',
      input: text,
      env: { ...process.env, NO_COLOR: '1' },
    });
    return { exitCode: status, out: stdout, errors: stderr };
  }

  it('check reads it, and follows what it extends from the present folder', async () => {
    const text = await readFile(folder.in('app.yaml'), 'utf8');
    expect(check(text)).toMatchObject({
      exitCode: 0,
      out: '✔ -  1 application, 3 environments, 2 paths; extends organisation.yaml\n',
    });
  });

  it('check says what is wrong with it, with the line itself', () => {
    const { exitCode, errors } = check('version: 1\nsoakSecnds: 3\n');
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^-:2:1/m);
    expect(errors).toContain('2 | soakSecnds');
    expect(JSON.parse(check('version: 2\n', '--json').out)).toMatchObject({ file: '-', ok: false });
  });
});

describe('promote rules without a file', () => {
  it.each([
    ['check', []],
    ['graph', []],
    ['explain', ['--to', 'staging']],
  ])('%s is about the rules that local mode runs here, and says which', async (command, more) => {
    const file = folder.in('app.yaml');
    const { exitCode, out } = await record(['rules', command, ...more], { installedRules: file });
    expect([exitCode, out.split('\n')[0]]).toEqual([0, expect.stringContaining(file)]);
    const named = await record(['rules', command, ...more], {
      installedRules: '/nowhere.yaml',
      environment: { PROMOTE_RULES: file },
    });
    expect(named).toMatchObject({ exitCode: 0, out });
  });
});
