import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

jest.setTimeout(300_000);
/** A promotion that waits for nobody takes a while on a busy machine. */
const patience = { timeout: 120_000 };

let auditorium: Auditorium;
let reader: Reader;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  await auditorium.stage.clear();
  reader = await auditorium.reader({ as: 'ana' });
  reader.page.setDefaultTimeout(30_000);
});
afterEach(() => {
  expect(auditorium.complaints().filter((each) => !/status of 409/.test(each))).toEqual([]);
});
afterAll(async () => {
  await auditorium.close();
  await auditorium.stage.forgive('v2');
});

/** By the menu that whoever uses this machine has, as in trying it out. */
async function speakFor(person: string): Promise<void> {
  const { page } = reader;
  await page.getByRole('button', { name: /^You (are|speak for)/ }).click();
  await page.getByLabel('Speak for somebody else').fill(person);
  await page.getByRole('button', { name: `Speak for ${person}` }).click();
  await page.getByRole('button', { name: `You speak for ${person}` }).waitFor();
}

/** Each test goes on where the one before ended, as a release does. */
describe('one who has read no manual', () => {
  it('is told beforehand what a promotion will wait for, and what it would do, by a dry run', async () => {
    const { page } = reader;
    await reader.open('/');
    await page.getByRole('link', { name: 'Promote shop' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Waits for the approval of SRE, then of Product').waitFor();
    expect(await dialog.getByLabel('Way').inputValue()).toBe('staging → production');
    expect(await dialog.getByLabel('Release').inputValue()).toBe('v2');
    await dialog.getByText('What the rules ask for').click();
    await dialog.getByText('SRE: 1 of sam, sofia, within 24 h').waitFor();
    await dialog.getByText('What it would change, and how ready it is').click();
    await dialog.getByText(/^2 images/).waitFor(patience);
    await dialog.getByText(/^Readiness/).waitFor();
    await dialog.getByRole('button', { name: 'Dry run' }).click();
    await dialog.getByText('Dry run: it could go as it is').waitFor(patience);
    const plan = dialog.getByRole('region', { name: 'Plan' });
    await plan.getByText('2 images').waitFor();
    await plan.getByText(/^all \d+ passed/).waitFor();
  });

  it('asks for it with a reason, and sees what it waits for', async () => {
    const { page } = reader;
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why').fill('gift notes are worth it');
    await dialog.getByRole('button', { name: 'Promote to production' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('“gift notes are worth it”').waitFor();
    await page.getByText('an approval of yours would not count here').waitFor(patience);
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  });

  it('lets two others approve, and watches it move to its end without touching the page', async () => {
    const { page } = reader;
    const here = page.url();
    await speakFor('sam');
    await page.getByRole('link', { name: 'Approvals' }).click();
    const card = page.getByRole('article').filter({ hasText: 'gift notes are worth it' });
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.getByText('sam approved').waitFor();
    await card.getByRole('link', { name: 'shop v2 → production' }).click();
    await page.getByText('It waits for somebody else').waitFor();
    await speakFor('pat');
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(page.url()).toBe(here);
    const deploy = page.getByRole('region', { name: 'Steps' }).getByRole('listitem').filter({ hasText: 'Deploy' });
    await deploy.getByText('rolling').waitFor(patience);
    await page.getByText('Promoted', { exact: true }).waitFor(patience);
  });

  it('sees what a rollback would do, and that it is not for everybody', async () => {
    const { page } = reader;
    await page.getByRole('button', { name: 'Roll back', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Rolling back here takes a role that you do not have').waitFor();
    await dialog.getByLabel('Why').fill('customers cannot pay');
    expect(await dialog.getByRole('button', { name: 'Roll back to v1' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('rolls back after reading what that does, loses and cannot undo, with a reason', async () => {
    const { page } = reader;
    await page.getByRole('button', { name: 'You speak for pat' }).click();
    await page.getByRole('button', { name: /^Be .* again$/ }).click();
    await page.getByRole('button', { name: /^You are/ }).waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page
      .getByRole('row', { name: /^shop/ })
      .getByRole('button', { name: 'Roll back shop in production' })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('No write is lost').waitFor();
    await dialog.getByText('v1 serves again').waitFor();
    const button = dialog.getByRole('button', { name: 'Roll back to v1' });
    expect(await button.isDisabled()).toBe(true);
    await dialog.getByLabel('Why').fill('customers cannot pay');
    await button.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('“customers cannot pay”').waitFor();
    await page.getByText(/took \d/).waitFor(patience);
    expect(await auditorium.stage.installation.runsIn('production')).toBe('v1');
  });
});
