import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadRules } from '../../../engine/rules/load-rules.ts';
import type { Rules } from '../../../engine/rules/schema.ts';
import { shopServices } from '../../../examples/shop/build-release.ts';

const folder = path.resolve(import.meta.dirname, '../../../examples/shop');

async function rules(): Promise<Rules> {
  const parsed = await loadRules(path.join(folder, 'promotion-rules.yaml'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.rules;
}

describe('the rules of the sample application', () => {
  it('name its services, in the order in which they call each other', async () => {
    const [application] = (await rules()).applications;
    expect(application?.services.map(({ name }) => name)).toEqual(shopServices);
  });

  it('let a tested release move from dev to staging without an approval', async () => {
    const { paths } = await rules();
    expect(paths.map(({ from, to }) => [from, to])).toEqual([['dev', 'staging']]);
    expect(paths[0]).toMatchObject({
      approvals: { stages: [] },
      bakeSeconds: 4,
    });
  });

  it('demand the seven gates of the guide, with its thresholds for dev → staging and every suite of tests', async () => {
    const [devToStaging] = (await rules()).paths;
    expect(devToStaging?.gates).toMatchObject({
      tests: { suites: ['unit', 'integration', 'e2e', 'performance'], minimumPassedPercent: 100 },
      coverage: { minimumPercent: 70 },
      findings: { maximum: { critical: 0, high: 5 } },
      slo: { minimumAvailabilityPercent: 99, maximumErrorRatePercent: 1, environment: 'source' },
      errorBudget: { maximumConsumedPercent: 50, environment: 'source' },
      criticalAlerts: { maximum: 0, environment: 'source' },
      stability: { maximumRestarts: 0, environment: 'source' },
    });
  });

  it('watch staging longer than the bad release takes to show what ails it', async () => {
    const [devToStaging] = (await rules()).paths;
    expect(devToStaging?.bakeSeconds).toBeGreaterThan(2);
  });
});

describe('the values of the sample application', () => {
  it.each(['dev', 'staging'])('in %s name an image for every service and say what each setting means', async (name) => {
    const text = await readFile(path.join(folder, 'configuration', name, 'values.yaml'), 'utf8');
    const values = parse(text) as { images: Record<string, unknown>; settings: Record<string, unknown> };
    expect(Object.keys(values.images).sort()).toEqual([...shopServices].sort());
    expect(values.settings).toMatchObject({ currency: 'EUR', shopName: `Shop (${name})` });
    expect(values.settings).not.toHaveProperty('giftNoteMaximumLength');
    expect(text).toMatch(/# by digest, never by tag/);
  });

  it('differ between the environments', async () => {
    const [dev, staging] = await Promise.all(
      ['dev', 'staging'].map((name) => readFile(path.join(folder, 'configuration', name, 'values.yaml'), 'utf8')),
    );
    expect(parse(dev ?? '')).not.toEqual(parse(staging ?? ''));
  });
});
