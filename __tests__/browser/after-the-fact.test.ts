import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

jest.setTimeout(120_000);

let auditorium: Auditorium;
let reader: Reader;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  reader = await auditorium.reader();
});
afterEach(() => {
  expect(auditorium.complaints()).toEqual([]);
});
afterAll(async () => {
  await auditorium.close();
});

describe('whoever is on call', () => {
  it('sees what changed, by whom, and rolls back what runs there from beside it', async () => {
    const { page } = reader;
    await reader.open('/history/changed?since=1d&environment=staging');
    const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Roll back' }) });
    expect(await row.innerText()).toMatch(/shop in staging[^]*v2[^]*release v1 → v2[^]*ana/);
    expect(await row.count()).toBe(1);
    await row.getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back to v1' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('is told which day was taken for a time, and what is no moment', async () => {
    const { page } = reader;
    await reader.open('/history/changed?at=00:00');
    await page.getByText(/^At 00:00 on \w+day, .*, which (is|was) (today|yesterday)/).waitFor();
    await page.getByLabel('When').fill('teatime');
    await page.getByLabel('When').press('Enter');
    await page.getByRole('alert').getByText('“teatime” is no moment that is over').waitFor();
  });

  it('compares two promotions that are chosen in the history', async () => {
    const { page } = reader;
    await reader.open('/history?environment=staging');
    await page.getByLabel('Compare shop v3 to staging').first().check();
    await page.getByText('Choose another one to compare it with').waitFor();
    await page.getByLabel('Compare shop v2 to staging').last().check();
    await page.getByRole('link', { name: 'Compare them' }).click();
    await page.getByRole('heading', { name: 'How two promotions differ' }).waitFor();
    await page.getByRole('region', { name: 'Errors' }).getByText('1 error').waitFor();
  });
});

describe('two environments', () => {
  it('are compared by digest, value and definition, with what promoting would change', async () => {
    const { page } = reader;
    await reader.open('/compare?from=dev&to=production');
    const images = page.getByRole('region', { name: 'Images' });
    expect(await images.getByRole('row').allInnerTexts()).toContainEqual(expect.stringMatching(/orders[^]*sha256:/));
    await page.getByText('No path leads from dev to production').waitFor();
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.waitForURL(/from=production&to=dev/);
    await reader.open('/compare?from=staging&to=production');
    const forecast = page.getByRole('region', { name: 'What promoting would change' });
    expect(await forecast.innerText()).toMatch(/Promoting v2 into production[^]*images\.orders/);
    await forecast.getByRole('link', { name: 'Promote to production' }).click();
    await page.getByRole('dialog', { name: 'Promote shop' }).waitFor();
  });
});

describe('an auditor', () => {
  it('is told that the trail holds, finds who did what, and takes it along', async () => {
    const { page } = reader;
    await reader.open('/audit');
    await page.getByText(/^The trail holds: \d+ chains, \d+ entries$/).waitFor({ timeout: 60_000 });
    await page.getByLabel('What', { exact: true }).selectOption('Approvals and rejections');
    await page.getByLabel('Person').fill('sam');
    await page.getByLabel('Person').press('Enter');
    await page.waitForURL(/by=sam/);
    await page
      .getByRole('cell', { name: /^rejected \(SRE\): not before the sale is over/ })
      .first()
      .waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
  });

  it('prints how one promotion was decided: dark on light, without what there is to press', async () => {
    const { page } = reader;
    await reader.open(`/audit/report?promotion=${await auditorium.stage.ended('succeeded')}`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.getByRole('navigation', { name: 'Pages' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
    expect(await page.getByText('gift notes for the holidays').first().isVisible()).toBe(true);
    expect(await page.getByRole('table', { name: 'Entries' }).getByRole('row').count()).toBeGreaterThan(20);
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  });
});

describe('what people declare', () => {
  it('is declared and taken back on the page: a freeze, and a bad release', async () => {
    const { page } = reader;
    await reader.open('/settings');
    await page.getByRole('button', { name: 'Declare a freeze' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('inventory');
    await dialog.getByLabel('Environment').selectOption('dev');
    await dialog.getByLabel('Until').fill('2099-01-01T00:00');
    await dialog.getByLabel('Why').fill('we count');
    await dialog.getByRole('button', { name: 'Freeze' }).click();
    const freeze = page.getByRole('row').filter({ hasText: 'inventory' });
    await freeze.getByRole('button', { name: 'Lift' }).click();
    await freeze.waitFor({ state: 'detached' });
    const bad = page.getByRole('table', { name: 'Bad releases' }).getByRole('row').filter({ hasText: 'shop v1' });
    await page.getByRole('button', { name: 'Mark a release bad' }).click();
    await dialog.getByLabel('Release').selectOption('v1');
    await dialog.getByLabel('Why').fill('it leaks');
    await dialog.getByRole('button', { name: 'Mark it bad' }).click();
    await bad.getByRole('button', { name: 'Unmark shop v1' }).click();
    await dialog.getByLabel('Why it may be promoted again').fill('it does not');
    await dialog.getByRole('button', { name: 'Unmark shop v1' }).click();
    await bad.waitFor({ state: 'detached' });
  });
});
