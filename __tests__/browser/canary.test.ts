import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { PipelineInstallation } from '../local/pipelines/installation.ts';
import { canaryRules } from './stage/canary-rules.ts';
import { openBrowser } from './stage/open-browser.ts';
import { Reader } from './stage/reader.ts';
import { Stage } from './stage/stage.ts';

jest.setTimeout(300_000);
const patience = { timeout: 120_000 };

let folder: string;
let installation: PipelineInstallation;
let stage: Stage;
let browser: Browser;
let reader: Reader;
let id: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canary-'));
  const rules = join(folder, 'promotion-rules.yaml');
  await writeFile(rules, await canaryRules());
  installation = await PipelineInstallation.start(rules, 'shop', ['all']);
  stage = Stage.at(installation.home);
  await installation.bind('ana', 'promoter');
  await installation.customersIn('staging', 40);
  browser = await openBrowser();
  reader = await Reader.sitDown(browser, stage);
  id = await stage.ask({ release: 'v2', to: 'staging', reason: 'a few customers first' });
});
afterEach(() => {
  expect(reader.complaints()).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a promotion that goes to a few customers first', () => {
  it('draws how the new instances do beside the old ones, as they are watched, without being loaded again', async () => {
    const { page } = reader;
    await reader.open(`/promotions/${id}`);
    await page.evaluate('window.wasNeverLoadedAgain = true');
    const canary = page.getByRole('region', { name: 'Canary' });
    await canary.getByText(/^25 % of the requests, watched for/).waitFor(patience);
    await canary.getByRole('img', { name: /^Failed requests over time/ }).waitFor();
    await canary.getByRole('img', { name: /^Response time over time/ }).waitFor();
    expect(await canary.locator('canvas').count()).toBe(2);
    await canary.getByText(/^Canary 0 %/).waitFor();
    await canary.getByText(/^Old instances 0 %/).waitFor();
    await canary.getByText('The same as a table').click();
    const rows = canary.locator('tbody tr');
    await rows.nth(1).waitFor(patience);
    const before = await rows.count();
    await rows.nth(before).waitFor(patience);
    expect(await page.evaluate('window.wasNeverLoadedAgain === true')).toBe(true);
  });

  it('says in the timeline for what it waits and since when', async () => {
    const steps = reader.page.getByRole('region', { name: 'Steps' });
    await steps
      .getByRole('listitem')
      .filter({ hasText: 'Canary' })
      .getByText(/Waits: v2 gets 25 % of the requests/)
      .waitFor();
  });

  it('keeps the figures when it is over, with as many requests as customers made', async () => {
    const { page } = reader;
    await page.getByText('Promoted', { exact: true }).waitFor(patience);
    const canary = page.getByRole('region', { name: 'Canary' });
    const newest = await canary.locator('tbody tr').first().getByRole('cell').allInnerTexts();
    const [ours = 0, , , theirs] = newest.map((text) => Number(text.replaceAll(',', '')));
    expect(ours).toBeGreaterThanOrEqual(20);
    expect(theirs).toBeGreaterThan(ours);
  });
});
