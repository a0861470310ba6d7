import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';

let auditorium: Auditorium;
beforeAll(async () => {
  auditorium = await Auditorium.open();
});
afterEach(() => {
  expect(auditorium.complaints()).toEqual([]);
});
afterAll(async () => {
  await auditorium.close();
});

describe('home', () => {
  it('shows what runs where, along the way of a release', async () => {
    const { page } = await opened('/');
    const table = page.getByRole('table', { name: 'Applications by environments' });
    const columns = await table.getByRole('columnheader').allInnerTexts();
    expect(columns).toEqual(['Application', 'dev', 'staging', 'production']);
    const cells = await table.getByRole('row', { name: /^shop/ }).getByRole('cell').allInnerTexts();
    expect(cells).toEqual([
      expect.stringMatching(/v3[^]*bad/),
      expect.stringContaining('v2'),
      expect.stringContaining('v1'),
    ]);
  });

  it('says first what waits for whoever looks, and nothing to others', async () => {
    await auditorium.stage.waitingForApproval();
    const strip = 'What waits for you';
    const { page } = await opened('/', 'sam');
    await page.getByRole('region', { name: strip }).getByText('waits for your approval as SRE').waitFor();
    await page.getByRole('link', { name: 'shop v2 → production' }).click();
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    const ana = await opened('/', 'ana');
    expect(await ana.page.getByRole('region', { name: strip }).count()).toBe(0);
  });

  it('finds an application by a part of its name, and a promotion by its id', async () => {
    const { page } = await opened('/');
    const search = page.getByRole('textbox', { name: 'Search applications and promotions' });
    await search.fill('nothing like it');
    await search.press('Enter');
    await page.getByText('No application is called anything like “nothing like it”').waitFor();
    const id = await auditorium.stage.ended('rolled-back');
    await search.fill(id);
    await search.press('Enter');
    await page.getByRole('heading', { name: 'shop v3: dev → staging' }).waitFor();
    expect(page.url()).toContain(`/promotions/${id}`);
  });
});

async function opened(path: string, as?: string) {
  const reader = await auditorium.reader(as === undefined ? {} : { as });
  await reader.open(path);
  return reader;
}
