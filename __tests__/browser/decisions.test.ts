import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

jest.setTimeout(300_000);

let auditorium: Auditorium;
beforeAll(async () => {
  auditorium = await Auditorium.open();
});
afterEach(() => {
  // That it is refused is what some of these see, and browsers repeat it.
  expect(auditorium.complaints().filter((each) => !/status of 409/.test(each))).toEqual([]);
});
afterAll(async () => {
  await auditorium.stage.clear();
  await auditorium.close();
});

/** @returns somebody who looks at a promotion that waits for an approval. */
async function readerOf(promotion: string, as: string): Promise<Reader> {
  const reader = await auditorium.reader({ as });
  await reader.open(`/promotions/${promotion}`);
  return reader;
}

describe('who is asked', () => {
  it('rejects with a reason, without which nothing is rejected, and it stands in the history', async () => {
    const id = await auditorium.stage.waitingForApproval();
    const { page } = await readerOf(id, 'sam');
    await page.getByRole('button', { name: 'Reject' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Reject' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Why').fill('the sale is not over at all');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await dialog.waitFor({ state: 'detached' });
    const decisions = page.getByRole('region', { name: 'Approvals' });
    await decisions.getByText('“the sale is not over at all”').waitFor();
    expect(await decisions.innerText()).toMatch(/sam rejected/);
    const reader = await auditorium.reader();
    await reader.open('/history?environment=production&outcome=rejected');
    await reader.page.locator(`a[href="/promotions/${id}"]`).waitFor();
  });

  it('lets nobody approve a plan that is no longer the one he was shown, and says what has changed', async () => {
    const { stage } = auditorium;
    const id = await stage.waitingForApproval();
    const { page } = await readerOf(id, 'sofia');
    const shown = await stage.installation.look(id);
    // Her click is on its way for a while, as on a train.
    const arrived = Promise.withResolvers<undefined>();
    await page.route('**/decisions', async (route) => {
      await arrived.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Approve' }).click();

    await stage.changeByHand('production', 'shippingMinor', 1000 + (Date.now() % 1000));
    await stage.decide(id, 'sam', 'approved', 'as it was last time');
    await stage.installation.until(
      id,
      (seen) => seen.waiting?.reason === 'approval' && seen['planHash'] !== shown['planHash'],
    );
    arrived.resolve(undefined);
    await page.getByRole('alert').getByText('this is no longer what you were asked').waitFor();

    const pat = await readerOf(id, 'pat');
    await pat.page.getByText('of a plan that is no longer this one').first().waitFor();
    await pat.page.getByText('an approval of yours would not count here').waitFor();
  });
});

describe('who asked', () => {
  it('cancels what waits, with a reason', async () => {
    const id = await auditorium.stage.waitingForApproval();
    const { page } = await readerOf(id, 'ana');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why').fill('v4 fixes it');
    await dialog.getByRole('button', { name: 'Cancel the promotion' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Cancelled', { exact: true }).waitFor();
    expect((await auditorium.stage.installation.look(id)).state).toBe('CANCELLED');
  });
});
