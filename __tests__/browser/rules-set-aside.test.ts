import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

jest.setTimeout(600_000);
const patience = { timeout: 120_000 };

let auditorium: Auditorium;
let reader: Reader;
let demandAsBefore: () => Promise<void>;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  demandAsBefore = await auditorium.stage.demand('staging', {
    gates: { coverage: { minimumPercent: 100 } },
    force: { allowed: true, roles: ['admin'] },
  });
  reader = await auditorium.reader();
  reader.page.setDefaultTimeout(30_000);
});
afterEach(() => {
  expect(auditorium.complaints().filter((each) => !/status of 409/.test(each))).toEqual([]);
});
afterAll(async () => {
  await demandAsBefore();
  await auditorium.close();
});

const dialog = () => reader.page.getByRole('dialog');
const promote = () => dialog().getByRole('button', { name: 'Promote to staging' });

async function setAside(...labels: readonly string[]): Promise<void> {
  await dialog().getByText('Set rules aside').click();
  for (const label of labels) await dialog().getByLabel(label).check();
}

/** Each test goes on where the one before ended. */
describe('a release that the gates keep out', () => {
  it('does not come in, and says which check it was', async () => {
    const { page } = reader;
    await reader.open('/?promote=shop&to=staging&release=v2');
    await setAside('Although it runs or ran there already');
    await promote().click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('The rules ask for more').waitFor(patience);
    await page.getByText('Checks', { exact: true }).click();
    await page.getByText(/1 of \d+ failed/).waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'coverage' })
      .getByText(/asked: .*100/)
      .waitFor();
  });

  it('may be let in by nobody without that right: it is not even offered', async () => {
    const ana = await auditorium.reader({ as: 'ana' });
    await ana.open('/?promote=shop&to=staging&release=v2');
    await ana.page.getByRole('dialog').getByText('Set rules aside').click();
    await ana.page.getByLabel('Although it runs or ran there already').waitFor();
    expect(await ana.page.getByLabel('Go on although gates fail').count()).toBe(0);
  });

  it('is let in by who may, with a reason and the name of the environment typed', async () => {
    const { page } = reader;
    await page.getByRole('link', { name: 'Promote again' }).click();
    await setAside('Although it runs or ran there already', 'Go on although gates fail');
    expect(await promote().isDisabled()).toBe(true);
    await dialog().getByLabel('Why').fill('the report was cut off');
    expect(await promote().isDisabled()).toBe(true);
    await dialog().getByLabel('Type staging to let it in although gates keep it out').fill('staging');
    await promote().click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('“the report was cut off”').waitFor();
    await page.getByText('Promoted', { exact: true }).waitFor(patience);
    await page.getByText('Checks', { exact: true }).click();
    await page
      .getByText(/set aside by/)
      .first()
      .waitFor();
  });
});
