import type { Page } from 'playwright-core';
import type { Stage } from './stage.ts';

/** Something that a reader may have before him: a page, or one with something opened on it. */
export interface View {
  /** Of its pictures; in words with hyphens. */
  readonly name: string;
  readonly path: string;
  /** For whom the reader speaks. Default: himself. */
  readonly as?: string;
  /** What he does there. */
  readonly open?: (page: Page) => Promise<void>;
}

/** Every page, in every state that is worth a look. */
export async function allViews(stage: Stage): Promise<readonly View[]> {
  const [waiting, promoted, rolledBack] = await Promise.all([
    stage.waitingForApproval(),
    stage.ended('succeeded'),
    stage.ended('rolled-back'),
  ]);
  return [
    { name: 'home', path: '/', as: 'sam' },
    {
      name: 'promote',
      path: '/?promote=shop&to=production',
      as: 'ana',
      open: (page) => shown(page, 'Promote to production'),
    },
    { name: 'approvals', path: '/approvals', as: 'sam' },
    { name: 'approvals-of-others', path: '/approvals', as: 'ana' },
    { name: 'history', path: '/history' },
    { name: 'history-empty', path: '/history?application=nothing' },
    { name: 'changed', path: '/history/changed?since=7d' },
    { name: 'changed-at', path: '/history/changed?at=1h' },
    { name: 'changed-unclear', path: '/history/changed?at=teatime' },
    { name: 'comparison', path: `/history/comparison?one=${promoted}&other=${rolledBack}`, open: openSame },
    { name: 'comparison-of-nothing', path: '/history/comparison' },
    { name: 'promotion', path: `/promotions/${promoted}`, open: openPlan },
    { name: 'promotion-rolled-back', path: `/promotions/${rolledBack}` },
    { name: 'promotion-waiting', path: `/promotions/${waiting}`, as: 'sam' },
    { name: 'rollback', path: `/promotions/${promoted}`, open: openRollback },
    { name: 'rollback-that-loses', path: `/promotions/${promoted}`, open: openLossyRollback },
    { name: 'pipelines', path: '/pipelines' },
    { name: 'compare', path: '/compare?from=staging&to=production', open: openSame },
    { name: 'compare-without-path', path: '/compare?from=production&to=dev' },
    { name: 'configuration', path: '/configuration?environment=staging' },
    { name: 'configuration-compared', path: '/configuration?environment=production&against=staging' },
    { name: 'audit', path: '/audit' },
    { name: 'audit-empty', path: '/audit?by=nobody' },
    { name: 'audit-report', path: '/audit/report' },
    { name: 'audit-report-of-promotion', path: `/audit/report?promotion=${promoted}` },
    { name: 'metrics', path: '/metrics', open: openTrend },
    { name: 'rules', path: '/rules' },
    { name: 'settings', path: '/settings' },
    { name: 'settings-of-a-promoter', path: '/settings', as: 'ana' },
    { name: 'freeze', path: '/settings', open: (page) => openForm(page, 'Declare a freeze') },
    { name: 'role', path: '/settings', open: (page) => openForm(page, 'Give somebody a role') },
    { name: 'bad-release', path: '/settings', open: (page) => openForm(page, 'Mark a release bad') },
    { name: 'keys', path: '/', open: openKeys },
    { name: 'person', path: '/', as: 'sam', open: openPerson },
    { name: 'no-such-page', path: '/nowhere' },
    { name: 'no-such-promotion', path: '/promotions/pr-0' },
  ];
}

async function shown(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).waitFor();
}

async function openPlan(page: Page): Promise<void> {
  await page.getByText('Changes', { exact: true }).click();
  await page.getByText('Checks', { exact: true }).click();
}

async function openRollback(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Roll back', exact: true }).click();
  await page.getByRole('dialog').getByText('No write is lost').waitFor();
}

async function openLossyRollback(page: Page): Promise<void> {
  await openRollback(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('The database').selectOption({ index: 1 });
  await dialog.getByText(/^What was written into migration/).waitFor();
}

/** What does not differ. */
async function openSame(page: Page): Promise<void> {
  await page
    .getByText(/(is|are) the same$/)
    .first()
    .click();
}

async function openTrend(page: Page): Promise<void> {
  await page.locator('.uplot').waitFor();
  await page.getByText('The same as a table').click();
}

async function openForm(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('dialog', { name: button }).waitFor();
}

async function openKeys(page: Page): Promise<void> {
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
}

async function openPerson(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'You speak for sam' }).click();
  await page.getByLabel('Speak for somebody else').waitFor();
}
