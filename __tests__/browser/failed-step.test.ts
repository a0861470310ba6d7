import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';

jest.setTimeout(600_000);
const patience = { timeout: 120_000 };

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

describe('a promotion that broke before it changed anything', () => {
  it('goes on from the step that failed once its cause is gone, under the same id', async () => {
    const { stage } = auditorium;
    const giveBack = await stage.takeConfigurationAway();
    const id = await stage
      .ask({ release: 'v2', to: 'staging', reason: 'once more', isAgain: true })
      .then(async (asked) => {
        await stage.installation.ended(asked, 'FAILED');
        return asked;
      })
      .finally(giveBack);
    const reader = await auditorium.reader();
    const { page } = reader;
    await reader.open(`/promotions/${id}`);
    const notice = page.getByRole('region', { name: 'What failed' });
    await notice
      .getByText(/configuration/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^Go on from / }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('what is done already is not repeated').waitFor();
    await dialog.getByLabel('What is different now').fill('the repository is back');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Promoted', { exact: true }).waitFor(patience);
    expect(await notice.count()).toBe(0);
    expect(page.url()).toContain(id);
  });
});
