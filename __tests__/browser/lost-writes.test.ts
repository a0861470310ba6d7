import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

jest.setTimeout(600_000);
const patience = { timeout: 120_000 };

let auditorium: Auditorium;
let reader: Reader;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  await auditorium.stage.clear();
  await bringMigration();
  reader = await auditorium.reader();
  await reader.open('/');
  await reader.page.getByRole('button', { name: 'Roll back shop in production' }).click();
});
afterEach(() => {
  expect(auditorium.complaints()).toEqual([]);
});
afterAll(async () => {
  await auditorium.close();
  await auditorium.stage.forgive('v2');
});

/** Has v2 bring its migration to production; one that a rollback let stay there before would not come with it. */
async function bringMigration(): Promise<void> {
  const { stage } = auditorium;
  const before = await stage.installation.schemaVersionIn('production');
  if (before !== 2) throw new Error(`production is at schema ${String(before)} already: begin with a new stage`);
  await stage.bringToProduction('v2');
}

const dialog = () => reader.page.getByRole('dialog', { name: 'Roll back shop in production' });
const rollBack = () => dialog().getByRole('button', { name: 'Roll back to v1' });
const database = () => dialog().getByLabel('The database');

/** Each test goes on where the one before ended, in one dialog. */
describe('a rollback that may lose what was written', () => {
  it('loses nothing unless somebody chooses so', async () => {
    await dialog().getByText('No write is lost').waitFor();
    expect(await database().inputValue()).toBe('keeps-writes');
    expect(await dialog().getByLabel(/^Type/).count()).toBe(0);
    await dialog().getByLabel('Why').fill('gift notes are read aloud');
    expect(await rollBack().isEnabled()).toBe(true);
  });

  it('says what undoing its migrations loses, and wants the environment typed for it', async () => {
    await database().selectOption('Undo its migrations');
    await dialog().getByText('What was written into migration 3 (gift_notes) since is lost').waitFor();
    expect(await dialog().getByText('No write is lost').count()).toBe(0);
    expect(await rollBack().isDisabled()).toBe(true);
    const typed = dialog().getByLabel('Type production to lose what was written');
    await typed.fill('staging');
    expect(await rollBack().isDisabled()).toBe(true);
    await typed.fill('production');
    expect(await rollBack().isEnabled()).toBe(true);
    expect(await dialog().getByLabel('Why').inputValue()).toBe('gift notes are read aloud');
  });

  it('says what putting the back-up back loses, for which what was typed before does not count', async () => {
    await database().selectOption('Put its back-up back');
    await dialog()
      .getByText(/Everything written since .* is lost; [\d,]+ rows are in the back-up/)
      .waitFor();
    await dialog().getByText('Everything there stops for a moment on the way, and answers nobody').waitFor();
    expect(await dialog().getByLabel('Type production to lose what was written').inputValue()).toBe('');
    expect(await rollBack().isDisabled()).toBe(true);
  });

  it('does then what was confirmed, and nothing else', async () => {
    const { stage } = auditorium;
    await database().selectOption('Undo its migrations');
    await dialog().getByText('What was written into migration 3 (gift_notes) since is lost').waitFor();
    await dialog().getByLabel('Type production to lose what was written').fill('production');
    await rollBack().click();
    await dialog().waitFor({ state: 'detached' });
    await reader.page.getByText('“gift notes are read aloud”').waitFor();
    await reader.page.getByText(/took \d/).waitFor(patience);
    expect(await stage.installation.runsIn('production')).toBe('v1');
    expect(await stage.installation.schemaVersionIn('production')).toBe(2);
  });
});
