import { checkExtendedRules } from '../../../engine/rules/check-extended-rules.ts';
import { applicationText, RulesFolder } from './rules-folder.ts';

let folder: RulesFolder;
beforeEach(async () => {
  folder = await RulesFolder.make();
});
afterEach(async () => {
  await folder.remove();
});

const freeze = "{ kind: once, name: f, reason: r, from: '2026-12-20T17:00:00Z', to: '2027-01-04T07:00:00Z' }";

describe('a file that is there for others to extend', () => {
  it('is checked by itself, with what it extends', async () => {
    await folder.write({
      'organisation.yaml': `version: 1\nmandatory: [{ gates: { coverage: {}, lint: {} } }]\nfreezes: [${freeze}]\n`,
      'division.yaml': 'version: 1\nextends: organisation.yaml\nmandatory: [{ gates: { findings: {} } }]\n',
    });
    expect(await checkExtendedRules(folder.in('division.yaml'))).toEqual({
      ok: true,
      files: [folder.in('division.yaml'), folder.in('organisation.yaml')],
      mandatoryGates: 3,
      freezes: 1,
    });
  });

  it('has its mistakes told', async () => {
    await folder.write({
      'organisation.yaml': `version: 1\nfreezes: [${freeze}]\n`,
      'division.yaml': `version: 1\nextends: organisation.yaml\nfreezes: [${freeze.replace('01-04', '01-03')}]\ndefaults: 5\n`,
    });
    const checked = await checkExtendedRules(folder.in('division.yaml'));
    expect(checked).toMatchObject({ ok: false, problems: [{ path: 'freezes[0].to' }, { path: 'defaults' }] });
  });

  it('is none when it is the file of an application, or cannot be read', async () => {
    await folder.write({ 'app.yaml': applicationText(), 'organisation.yaml': 'version: 1\n', 'bad.yaml': '[' });
    for (const file of ['app.yaml', 'bad.yaml', 'absent.yaml']) {
      expect(await checkExtendedRules(folder.in(file))).toBeUndefined();
    }
  });
});
