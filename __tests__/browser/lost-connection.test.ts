import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

jest.setTimeout(300_000);

let auditorium: Auditorium;
let reader: Reader;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  reader = await auditorium.reader();
});
afterAll(async () => {
  await auditorium.close();
});

describe('a page whose server is killed', () => {
  it('says since when it has not answered and keeps what it shows, and goes on by itself when it is back', async () => {
    const { page } = reader;
    const before = await auditorium.stage.url();
    await reader.open('/');
    await auditorium.stage.kill();
    const notice = page.getByRole('status').filter({ hasText: 'Reconnecting since' });
    await notice.waitFor({ timeout: 30_000 });
    expect(await notice.innerText()).toMatch(/since \d\d:\d\d:\d\d \((just now|[\d.]+ m?s ago)\)/);
    const row = page.getByRole('row', { name: /^shop/ });
    expect(await row.innerText()).toContain('v2');
    expect(await page.getByRole('alert').count()).toBe(0);
    await auditorium.stage.startAgain();
    // Another program may have taken a lower port, or given one back; the page cannot know.
    expect(await auditorium.stage.url()).toBe(before);
    await notice.waitFor({ state: 'detached', timeout: 60_000 });
    expect(await row.innerText()).toContain('v2');
  });
});
