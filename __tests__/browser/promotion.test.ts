import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

let auditorium: Auditorium;
let reader: Reader;
let rolledBack: string;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  rolledBack = await auditorium.stage.ended('rolled-back');
  reader = await auditorium.reader();
});
afterEach(() => {
  expect(auditorium.complaints()).toEqual([]);
});
afterAll(async () => {
  await auditorium.close();
});

describe('the page of a promotion that was taken back', () => {
  it('says what failed, the original error, and what to do', async () => {
    await reader.open(`/promotions/${rolledBack}`);
    const notice = reader.page.getByRole('region', { name: 'What failed' });
    expect(await notice.innerText()).toMatch(
      /verify failed[^]*staging is not healthy: orders[^]*promote a new release/,
    );
  });

  it('shows every step with how long it took, and how it was undone', async () => {
    const steps = await reader.page.getByRole('region', { name: 'Steps' }).getByRole('listitem').allInnerTexts();
    expect(steps.find((step) => step.startsWith('Conditions'))).toMatch(/\d m?s[^]*7 gates passed/);
    expect(steps.find((step) => step.startsWith('Deploy'))).toMatch(/taken back[^]*v2 serves again/);
  });

  it('shows exactly what it changed, and every check', async () => {
    await reader.page.getByText('Changes', { exact: true }).click();
    const plan = reader.page.getByRole('region', { name: 'Plan' });
    await plan.getByText('create index orders_by_customer').waitFor();
    await plan.getByRole('row', { name: /^release .*v2.*v3/ }).waitFor();
  });

  it('searches the log, and hands over the whole of it', async () => {
    const { page } = reader;
    const log = page.getByRole('log', { name: 'Lines' });
    await log.getByText('staging runs v2').first().waitFor();
    await page.getByRole('textbox', { name: 'Search the log' }).fill('coverage');
    await log.getByText('pass coverage: coverage').first().waitFor();
    expect(await log.getByText('staging runs v2').count()).toBe(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${rolledBack}.log`);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toMatch(/^\d{4}-\d\d-\d\dT\S+Z initialize .*$/m);
    expect(text).toContain('staging runs v2');
  });
});
