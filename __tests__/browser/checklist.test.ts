import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

jest.setTimeout(300_000);

let auditorium: Auditorium;
let reader: Reader;
let demandAsBefore: () => Promise<void>;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  const { stage } = auditorium;
  await stage.clear();
  demandAsBefore = await stage.demand('production', {
    checklist: [{ item: 'Rollback plan documented' }, { item: 'Monitoring verified', phase: 'after' }],
  });
  const id = await stage.ask({ release: 'v2', to: 'production', reason: 'with care', isAgain: true });
  await stage.installation.waitsFor(id, 'checklist');
  reader = await auditorium.reader({ as: 'ana' });
  await reader.open(`/promotions/${id}`);
});
afterEach(() => {
  expect(auditorium.complaints()).toEqual([]);
});
afterAll(async () => {
  await auditorium.stage.clear();
  await demandAsBefore();
  await auditorium.close();
});

const checklist = () => reader.page.getByRole('region', { name: 'Checklist' });

describe('a checklist', () => {
  it('says what has to be true before it goes on, and what is left for afterwards', async () => {
    const items = await checklist().getByRole('listitem').allInnerTexts();
    expect(items).toEqual([
      expect.stringMatching(/Rollback plan documented/),
      expect.stringMatching(/Monitoring verified[^]*once it is deployed/),
    ]);
  });

  it('is ticked in somebody’s name, with where it can be seen, and the promotion goes on', async () => {
    const { page } = reader;
    await checklist().getByRole('button', { name: 'Tick Rollback plan documented' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Where it can be seen').fill('wiki/v2');
    await dialog.getByRole('button', { name: 'Tick it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await checklist().getByText('“wiki/v2”').waitFor();
    expect(await checklist().getByRole('listitem').first().innerText()).toMatch(/ana, (just now|.* ago): “wiki\/v2”/);
    await page.getByText('an approval of yours would not count here').waitFor();
  });
});
