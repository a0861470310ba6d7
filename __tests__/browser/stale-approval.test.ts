import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import type { Reader } from './stage/reader.ts';

jest.setTimeout(300_000);
const patience = { timeout: 60_000 };
const run = promisify(execFile);

let auditorium: Auditorium;
let reader: Reader;
let id: string;
beforeAll(async () => {
  auditorium = await Auditorium.open();
  await auditorium.stage.clear();
  id = await auditorium.stage.waitingForApproval();
  // As on a phone, where approvals are given.
  reader = await auditorium.reader({ as: 'sam', viewport: { width: 390, height: 844 } });
});
afterEach(() => {
  expect(auditorium.complaints()).toEqual([]);
});
afterAll(async () => {
  await auditorium.stage.clear();
  await auditorium.close();
});

/** Changes a value of production by hand, as somebody does who does not know that it waits. */
async function changeByHand(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'by-hand-'));
  const repository = join(auditorium.stage.installation.home, 'configuration.git');
  const git = (...words: readonly string[]) =>
    run('git', ['-c', 'user.name=otto', '-c', 'user.email=otto@shop.example', ...words], { cwd: folder });
  await git('clone', '--quiet', '--branch', 'production', repository, '.');
  const file = join(folder, 'production/values.yaml');
  await writeFile(file, `${await readFile(file, 'utf8')}\n# looked at by hand\n`);
  await git('commit', '--quiet', '--all', '--message', 'Look at it by hand');
  await git('push', '--quiet');
  await rm(folder, { recursive: true });
}

/** Each test goes on where the one before ended. */
describe('somebody who is asked for an approval, on a phone', () => {
  it('sees on one page what changes, what it was checked for, what if it goes wrong, and who has to agree', async () => {
    const { page } = reader;
    await reader.open(`/promotions/${id}`);
    const plan = page.getByRole('region', { name: 'Plan' });
    await plan.getByText('2 images').waitFor();
    await plan.getByText(/^all \d+ passed/).waitFor();
    await plan.getByText(/returns to v1/).waitFor();
    const approvals = page.getByRole('region', { name: 'Approvals' });
    await approvals.getByText('SRE: 0 of 1').waitFor();
    await approvals.getByText('Product: 0 of 1').waitFor();
    await approvals.getByRole('button', { name: 'Approve' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });

  it('is told when it is no longer what he was asked, and in what, before he can say yes again', async () => {
    const { page } = reader;
    await changeByHand();
    const approvals = page.getByRole('region', { name: 'Approvals' });
    await approvals.getByRole('button', { name: 'Approve' }).click();
    const notice = approvals.getByRole('alert');
    await notice.getByText('This is no longer what you were asked.').waitFor(patience);
    await notice.getByText(/configuration of production/).waitFor();
    await approvals.getByText('of a plan that is no longer this one').waitFor();
    expect(await approvals.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await notice.getByRole('button', { name: 'I have read it' }).click();
    await approvals.getByRole('button', { name: 'Approve' }).click();
    await approvals.getByText('SRE: 1 of 1').waitFor(patience);
    await approvals.getByText('It waits for somebody else').waitFor();
  });

  it('is told so by the link, too, that he was sent before', async () => {
    const { page } = reader;
    const response = await fetch(`${await auditorium.stage.url()}/api/promotions/${id}`);
    const { approvals } = (await response.json()) as {
      approvals: readonly { planHash: string; isOverThisPlan: boolean }[];
    };
    const outdated = approvals.find(({ isOverThisPlan }) => !isOverThisPlan)?.planHash ?? '';
    await reader.open(`/promotions/${id}?plan=${outdated}`);
    await page.getByRole('alert').getByText('This is no longer what you were asked.').waitFor();
  });
});
