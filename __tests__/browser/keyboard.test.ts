import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

let auditorium: Auditorium;
let reader: Reader;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  reader = await auditorium.reader();
  await reader.open('/');
});
afterEach(() => {
  expect(auditorium.complaints()).toEqual([]);
});
afterAll(async () => {
  await auditorium.close();
});

const heading = (name: string) => reader.page.getByRole('heading', { level: 1, name }).waitFor();
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await reader.page.keyboard.press(key);
};
const focused = (what: string) => reader.page.evaluate<string>(`document.activeElement?.${what} ?? ''`);

describe('the keyboard', () => {
  it('leads to every page: g and its letter', async () => {
    await press('g', 'a');
    await heading('What waits for an approval');
    await press('g', 'y');
    await heading('What has changed');
    await press('g', 'h');
    await heading('What runs where');
  });

  it('walks rows and opens them: j, k, Enter', async () => {
    await press('g', 'y');
    await heading('What has changed');
    await reader.settled();
    await press('j');
    const first = await focused('textContent');
    await press('j');
    expect(await focused('textContent')).toMatch(/^shop v/);
    await press('k');
    expect(await focused('textContent')).toBe(first);
    await press('Enter');
    await heading(`${first}: `);
  });

  it('searches: /, and what is typed there is no command', async () => {
    await press('/');
    expect(await focused('placeholder')).toContain('Application or pr-');
    await reader.page.keyboard.type('gh?');
    expect(await focused('value')).toBe('gh?');
    await press('Escape');
    expect(await focused('tagName')).toBe('BODY');
  });

  it('explains itself: ?, and goes back where it was: Escape', async () => {
    await press('?');
    await reader.page.getByRole('dialog', { name: 'Keys' }).getByText('Next and former row').waitFor();
    await press('Escape');
    await reader.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('skips what stands on every page, with the first Tab', async () => {
    await reader.open('/');
    await press('Tab');
    expect(await focused('textContent')).toBe('Skip to the page');
    await press('Enter');
    expect(await focused('id')).toBe('page');
  });

  it('reaches everything of the promote drawer, and gives the focus back', async () => {
    await reader.page.getByRole('button', { name: 'Promote', exact: true }).focus();
    await press('Enter');
    const dialog = reader.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Dry run' }).waitFor();
    const reached = new Set<string>();
    for (let count = 0; count < 14; count += 1) {
      reached.add(await focused('textContent.trim()'));
      await press('Tab');
    }
    expect([...reached]).toEqual(expect.arrayContaining(['Leave it', 'Dry run', 'Set rules aside']));
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});
