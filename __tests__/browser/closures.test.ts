import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

let auditorium: Auditorium;
let reader: Reader;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  // What is on its way comes first in a cell.
  await auditorium.stage.clear();
  reader = await auditorium.reader();
});
afterEach(() => {
  expect(auditorium.complaints()).toEqual([]);
});
afterAll(async () => {
  await auditorium.close();
});

/** What the promote drawer says that a promotion to production would wait for. */
async function expected(): Promise<string> {
  await reader.open('/?promote=shop&to=production');
  return reader.page.getByRole('list', { name: 'What it will wait for' }).innerText();
}

describe('a hold', () => {
  it('pins an environment, which everybody sees who looks at it or wants to promote to it', async () => {
    const { page } = reader;
    await reader.open('/settings');
    await page.getByRole('button', { name: 'Hold an environment' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hold an environment' });
    await dialog.getByLabel('Application').selectOption('shop');
    await dialog.getByLabel('Environment').selectOption('production');
    expect(await dialog.getByRole('button', { name: 'Hold it' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Why').fill('the auditors look at it');
    await dialog.getByRole('button', { name: 'Hold it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('table', { name: 'Holds' }).getByText('the auditors look at it').waitFor();
    await reader.open('/');
    expect(await page.getByRole('row', { name: /^shop/ }).innerText()).toMatch(/held/i);
    expect(await expected()).toMatch(/the auditors look at it/);
  });

  it('is released by who may, and by nobody else', async () => {
    const ana = await auditorium.reader({ as: 'ana' });
    await ana.open('/settings');
    await ana.page.getByText('the auditors look at it').waitFor();
    for (const name of ['Hold an environment', 'Release']) {
      await ana.page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });
    }
    const { page } = reader;
    await reader.open('/settings');
    await page
      .getByRole('row', { name: /the auditors look at it/ })
      .getByRole('button', { name: 'Release' })
      .click();
    await page.getByText('Nothing is held.').waitFor();
    expect(await expected()).not.toMatch(/auditors/);
  });
});

describe('a freeze', () => {
  it('closes an environment until a day, and is lifted before it', async () => {
    const { page } = reader;
    await reader.open('/settings');
    await page.getByRole('button', { name: 'Declare a freeze' }).click();
    const dialog = page.getByRole('dialog', { name: 'Declare a freeze' });
    await dialog.getByLabel('Name').fill('year-end');
    await dialog.getByLabel('Environment').selectOption('production');
    await dialog.getByLabel('Until').fill('2035-01-02T08:00');
    await dialog.getByLabel('Why').fill('the holidays');
    await dialog.getByRole('button', { name: 'Freeze' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /year-end.*the holidays/ }).waitFor();
    expect(await expected()).toMatch(/the holidays|year-end/);
    await reader.open('/settings');
    await page
      .getByRole('row', { name: /year-end/ })
      .getByRole('button', { name: 'Lift' })
      .click();
    await page.getByText('Nobody declared one.').waitFor();
    expect(await expected()).not.toMatch(/holidays|year-end/);
  });
});
