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
  - { kind: once, name: year-end, reason: nobody is there, from: '2026-12-20T17:00:00Z', to: '2027-01-04T07:00:00Z', environments: [production], overridable: false }
  - { kind: weekly, name: weekend, reason: we rest, days: [friday, saturday], from: '16:00', to: '08:00', timeZone: Europe/Berlin, exceptHotfix: false }
`;
const yearEnd =
  "kind: once, name: year-end, reason: ours, from: '2026-12-20T17:00:00Z', to: '2027-01-04T07:00:00Z', environments: [production], overridable: false";
const weekend =
  "kind: weekly, name: weekend, reason: ours, days: [friday, saturday], from: '16:00', to: '08:00', timeZone: Europe/Berlin, exceptHotfix: false";
const told = async (freeze: string) => {
  await folder.write({ 'organisation.yaml': organisation, 'app.yaml': applicationText(`freezes: [{ ${freeze} }]\n`) });
  return folder.told();
};

describe('freezes of an extended file', () => {
  it('stay beside those of the file that extends it', async () => {
    expect(await told("kind: weekly, name: lunch, reason: we eat, from: '12:00', to: '13:00', timeZone: UTC")).toEqual(
      [],
    );
    expect((await folder.load()).rules.freezes.map(({ name }) => name)).toEqual(['year-end', 'weekend', 'lunch']);
  });

  it('stay when the file that extends it lists none', async () => {
    await folder.write({ 'organisation.yaml': organisation, 'app.yaml': applicationText('freezes: []\n') });
    expect((await folder.load()).rules.freezes).toHaveLength(2);
  });

  it('may be said anew with another reason, for longer, and for more environments', async () => {
    expect(
      await told(yearEnd.replace('12-20', '12-18').replace('01-04', '01-07').replace('[production]', '[]')),
    ).toEqual([]);
    expect((await folder.load()).rules.freezes[0]).toMatchObject({ reason: 'ours', to: '2027-01-07T07:00:00Z' });
    expect(await told(weekend.replace('friday,', 'friday, sunday,').replace('08:00', '09:00'))).toEqual([]);
  });

  it.each([
    ['begun later', yearEnd.replace('12-20', '12-21'), 'from must be 2026-12-20T17:00:00Z or earlier'],
    ['ended sooner', yearEnd.replace('01-04T07', '01-04T06'), 'to must be 2027-01-04T07:00:00Z or later'],
    [
      'kept from an environment',
      yearEnd.replace('production', 'staging'),
      'environments must be a list with production',
    ],
    ['overridden', yearEnd.replace('overridable: false', 'overridable: true'), 'overridable must be false'],
    ['overridden by leaving it out', yearEnd.replace(', overridable: false', ''), 'overridable must be false'],
    ['another kind', weekend.replace('weekend', 'year-end'), 'kind must be once'],
    ['on fewer days', weekend.replace('friday, ', ''), 'days must be a list with friday'],
    ['begun later in the day', weekend.replace('16:00', '16:30'), 'from must be 16:00 or earlier'],
    ['ended before midnight', weekend.replace('08:00', '23:00'), 'to must be 08:00 or later'],
    ['by other clocks', weekend.replace('Europe/Berlin', 'UTC'), 'timeZone must be Europe/Berlin'],
    ['open to hotfixes', weekend.replace('exceptHotfix: false', 'exceptHotfix: true'), 'exceptHotfix must be false'],
    ['kept to some environments', `${weekend}, environments: [production]`, 'environments must be left out'],
  ])('cannot be %s', async (_, freeze, message) => {
    const problems = await told(freeze);
    const [problem] = problems.filter((each) => each.includes(` freezes[0].${message}`));
    expect(problem).toMatch(/^app\.yaml:\d+:\d+ .*, as organisation\.yaml:[34]:5 has the freeze (year-end|weekend)/);
  });

  it('of an environment stay when the environment is said anew', async () => {
    const [head = '', rest = ''] = applicationText('', {
      production:
        '    freezes: [{ kind: weekly, name: nights, reason: dark, from: "20:00", to: "06:00", timeZone: UTC }]\n',
    }).split('paths:\n');
    const application = (freezes: string): string => `version: 1
extends: organisation.yaml
environments:
  - name: production
    targets: { deployment: { kind: local }, registry: mine, configuration: { repository: mine } }
${freezes}paths:\n${rest}`;
    await folder.write({ 'organisation.yaml': head.slice(head.indexOf('version')), 'app.yaml': application('') });
    const [, , production] = (await folder.load()).rules.environments;
    expect(production).toMatchObject({ targets: { registry: 'mine' }, freezes: [{ name: 'nights' }] });
    const shorter =
      '    freezes: [{ kind: weekly, name: nights, reason: dark, from: "22:00", to: "06:00", timeZone: UTC }]\n';
    await folder.write({ 'app.yaml': application(shorter) });
    expect(await folder.told()).toEqual([
      expect.stringMatching(/^app\.yaml:6:65 environments\[0\]\.freezes\[0\]\.from must be 20:00 or earlier/),
    ]);
  });
});
