import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

jest.setTimeout(300_000);
/** A promotion takes a while on a busy machine; what is told of it does not. */
const patience = { timeout: 120_000 };

let auditorium: Auditorium;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  await auditorium.stage.clear();
});
afterEach(() => {
  expect(auditorium.complaints()).toEqual([]);
});
afterAll(async () => {
  await auditorium.stage.clear();
  await auditorium.close();
});

/** Somebody who looks at a page that must never be loaded again; what it asks the server for is kept. */
async function looksAt(path: string, as?: string): Promise<{ reader: Reader; asked: string[] }> {
  const reader = await auditorium.reader(as === undefined ? {} : { as });
  const asked: string[] = [];
  await reader.open(path);
  await reader.page.evaluate('window.wasNeverLoadedAgain = true');
  // What was asked before the stream stood is asked once more; from then on only what has changed is.
  await pause(3000);
  reader.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  return { reader, asked };
}
const wasLoadedOnce = ({ page }: Reader): Promise<boolean> => page.evaluate('window.wasNeverLoadedAgain === true');

describe('pages that somebody looks at while others do something', () => {
  it('are still while nothing happens', async () => {
    const { asked } = await looksAt('/');
    await pause(5000);
    expect(asked).toEqual([]);
  });

  it('show within moments what is on its way, and what it waits for, in the row that it is about', async () => {
    const home = await looksAt('/', 'sam');
    const approvals = await looksAt('/approvals', 'sam');
    const id = await auditorium.stage.waitingForApproval();
    const cell = home.reader.page.getByRole('row', { name: /^shop/ }).getByRole('cell').last();
    await cell.getByRole('link', { name: 'needs you as SRE' }).waitFor();
    await home.reader.page.getByRole('region', { name: 'What waits for you' }).getByText('as SRE').waitFor();
    await approvals.reader.page.getByRole('article').getByRole('button', { name: 'Approve' }).waitFor();
    await auditorium.stage.clear();
    await cell.getByRole('link', { name: 'needs you as SRE' }).waitFor({ state: 'detached' });
    await approvals.reader.page.getByText('Here stands whatever needs your yes or no.').waitFor();
    for (const { reader } of [home, approvals]) expect(await wasLoadedOnce(reader)).toBe(true);
    expect(home.asked.filter((path) => path === `/api/promotions/${id}`).length).toBeLessThanOrEqual(1);
  });

  it('announce at the top of the history what ended, and put it there when the reader wants', async () => {
    const { reader } = await looksAt('/history');
    const rows = reader.page.locator('tbody tr');
    const before = await rows.count();
    await auditorium.stage.waitingForApproval();
    await auditorium.stage.clear();
    const announced = reader.page.getByRole('button', { name: '1 new' });
    await announced.waitFor();
    expect(await rows.count()).toBe(before);
    await announced.click();
    await announced.waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(before + 1);
    expect(await rows.first().innerText()).toContain('Cancelled');
    expect(await wasLoadedOnce(reader)).toBe(true);
  });

  it('follow a promotion step by step and line by line', async () => {
    const id = await auditorium.stage.ask({ release: 'v2', to: 'staging', reason: 'to look at it', isAgain: true });
    const { reader, asked } = await looksAt(`/promotions/${id}`);
    const { page } = reader;
    const log = page.getByRole('log', { name: 'Lines' });
    await page.getByText('Promoted', { exact: true }).waitFor(patience);
    await page.getByRole('region', { name: 'Steps' }).getByRole('listitem').filter({ hasText: 'Verify' }).waitFor();
    // Its end is in sight, because nobody went elsewhere in it.
    await log.getByText('notify').last().waitFor();
    expect(await wasLoadedOnce(reader)).toBe(true);
    expect(asked.filter((path) => path.endsWith('/logs'))).toEqual([]);
  });
});

describe('a page that comes back into sight', () => {
  it('knows what happened meanwhile', async () => {
    const { reader } = await looksAt('/', 'sam');
    const elsewhere = await reader.page.context().newPage();
    await elsewhere.bringToFront();
    await auditorium.stage.waitingForApproval();
    await reader.page.bringToFront();
    const cell = reader.page.getByRole('row', { name: /^shop/ }).getByRole('cell').last();
    await cell.getByRole('link', { name: 'needs you as SRE' }).waitFor();
    await auditorium.stage.clear();
  });
});
