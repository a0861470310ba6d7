import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

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

const rows = (): Promise<string[]> => reader.page.locator('tbody tr').allInnerTexts();

describe('history', () => {
  it('shows what is over, what it changed and who was behind it', async () => {
    await reader.open('/history');
    expect(await rows()).toContainEqual(expect.stringMatching(/Rolled back[^]*shop v3[^]*dev → staging[^]*ana/));
  });

  it('keeps in its address what is looked for, so that it can be sent to somebody', async () => {
    const { page } = reader;
    await page.getByLabel('Outcome').selectOption('Rolled back');
    await page.waitForURL(/outcome=rolled-back/);
    await page.getByLabel('Environment').fill('stage');
    await page.getByLabel('Environment').press('Enter');
    await page.waitForURL(/environment=stage/);
    await reader.settled();
    const found = await rows();
    expect(found).toEqual(found.filter((row) => /Rolled back[^]*→ staging/.test(row)));
    expect(found.length).toBeGreaterThan(0);
    const friend = await auditorium.reader();
    await friend.open(new URL(page.url()).pathname + new URL(page.url()).search);
    expect(await friend.page.locator('tbody tr').count()).toBe(found.length);
    expect(await friend.page.getByLabel('Environment').inputValue()).toBe('stage');
  });

  it('says what would be there where there is nothing', async () => {
    await reader.open('/history?application=shop&outcome=expired');
    await reader.page.getByText('Here stands every promotion that is over.').waitFor();
  });
});
