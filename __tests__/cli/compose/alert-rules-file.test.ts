import { utimes } from 'node:fs/promises';
import { AlertRulesFile } from '../../../cli/compose/alert-rules-file.ts';
import { applicationText, RulesFolder } from '../../engine/rules/rules-folder.ts';

let folder: RulesFolder;
beforeEach(async () => {
  folder = await RulesFolder.make();
});
afterEach(async () => {
  await folder.remove();
});

/** Writes what the organisation promises, as long ago as a file was written that nobody is just writing. */
async function promise(percent: number, ago: number): Promise<void> {
  const environment = `  - name: production
    targets: { deployment: { kind: local }, registry: r, configuration: { repository: c } }
    slo: { availabilityPercent: ${String(percent)} }
`;
  await folder.write({ 'organisation.yaml': `version: 1\nenvironments:\n${environment}` });
  await utimes(folder.in('organisation.yaml'), ago, ago);
}

describe('what the rules file promises', () => {
  it('is read again when a file that it extends has changed', async () => {
    const [head = '', rest = ''] = applicationText().split('  - name: production\n');
    await folder.write({ 'app.yaml': `${head}${rest.slice(rest.indexOf('paths:'))}` });
    await utimes(folder.in('app.yaml'), 1000, 1000);
    const file = new AlertRulesFile(folder.in('app.yaml'));
    await promise(99, 1000);
    expect((await file.of('production'))?.objectives).toMatchObject({ availabilityPercent: 99 });
    expect((await file.of('production'))?.criticalServices).toEqual(['api', 'web']);
    await promise(98, 2000);
    expect((await file.of('production'))?.objectives).toMatchObject({ availabilityPercent: 98 });
    await folder.write({ 'organisation.yaml': 'version: 2\n' });
    expect(await file.of('production')).toBeUndefined();
    await promise(97, 3000);
    expect((await file.of('production'))?.objectives).toMatchObject({ availabilityPercent: 97 });
  });
});
