import { applicationText, RulesFolder } from './rules-folder.ts';

let folder: RulesFolder;
beforeEach(async () => {
  folder = await RulesFolder.make();
});
afterEach(async () => {
  await folder.remove();
});

const mandatory = 'version: 1\nmandatory: [{ into: [production], gates: { coverage: {}, findings: {} } }]\n';
const freeze = (more: string): string =>
  `version: 1\nfreezes: [{ kind: weekly, name: nights, reason: dark, from: "20:00", to: "06:00", timeZone: UTC${more} }]\n`;
const told = async (organisation: string, more: string, path = '') => {
  await folder.write({
    'organisation.yaml': organisation,
    'app.yaml': applicationText(more, { path: path === '' ? '' : `    ${path}\n` }),
  });
  return folder.told();
};

describe('who may set aside what an extended file demands', () => {
  it.each([
    [
      'overrule its gates',
      'force: { allowed: true, people: [mallory] }',
      /paths\[1\]\.force\.people must be left out, because .*organisation\.yaml says who may overrule/,
    ],
    ['skip its gates', 'skipValidation: { roles: [operator] }', /paths\[1\]\.skipValidation\.roles must be left out/],
  ])('is not said by the file that extends it: to %s', async (_, path, message) => {
    expect(await told(mandatory, '', path)).toEqual([expect.stringMatching(message)]);
    expect(await told('version: 1\n', '', path)).toEqual([]);
  });

  it('is said by itself, and others may let fewer', async () => {
    const organisation = `${mandatory}defaults: { force: { allowed: true, people: [olga, otto] } }\n`;
    expect(await told(organisation, '')).toEqual([]);
    expect(await told(organisation, '', 'force: { allowed: true, people: [olga] }')).toEqual([]);
    expect(await told(organisation, '', 'force: { allowed: true, people: [olga, mallory] }')).toEqual([
      expect.stringMatching(/must be nobody but olga, otto, because .*; found mallory/),
    ]);
  });

  it('is not changed by putting somebody into a role whose people it lists', async () => {
    const organisation = `${mandatory}defaults: { force: { allowed: true, roles: [cab] } }\n`;
    const roles = 'roles: [{ name: cab, people: [carla, mallory] }]\n';
    expect(await told(`${organisation}roles: [{ name: cab, people: [carla] }]\n`, roles)).toEqual([
      expect.stringMatching(/roles\[0\]\.people\[1\] must be somebody whom .*organisation\.yaml lists for cab/),
    ]);
    expect(await told(organisation, roles)).toEqual([]);
  });

  it('holds where its gates are mandatory, not elsewhere', async () => {
    const elsewhere = mandatory.replace('production', 'staging');
    expect(await told(elsewhere, '', 'force: { allowed: true, people: [olga] }')).toEqual([]);
  });

  it('holds for freezes that may be overridden at all', async () => {
    const path = 'freezeOverride: { people: [olga] }';
    expect(await told(freeze(''), '', path)).toEqual([
      expect.stringMatching(
        /freezeOverride\.people must be left out, because .* promote through its freezes; found olga/,
      ),
    ]);
    expect(await told(freeze(', overridable: false'), '', path)).toEqual([]);
    expect(await told(freeze(', environments: [staging]'), '', path)).toEqual([]);
    expect(await told(`${freeze('')}defaults: { freezeOverride: { people: [olga] } }\n`, '', path)).toEqual([]);
  });

  it('holds for the gates that the hotfix lane does without', async () => {
    const hotfix =
      'hotfix: { entry: staging, setAside: [findings, load], approvals: [{ name: cab, people: [carla] }] }\n';
    expect(await told(mandatory, hotfix)).toEqual([
      expect.stringMatching(
        /hotfix\.setAside\[0\] must be a gate that .*organisation\.yaml does not make mandatory; found findings/,
      ),
    ]);
    expect(await told(`${mandatory}${hotfix}`, '')).toEqual([]);
  });
});
