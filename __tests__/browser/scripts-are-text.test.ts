import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pino from 'pino';
import type { Browser, Page } from 'playwright-core';
import { startServer, type RunningServer } from '../../cloudrun-ui/server/start-server.ts';
import { builtWeb } from '../../cli/compose/built-web.ts';
import type { Actor } from '../../engine/promotion-service.ts';
import { RunningDesk } from '../engine/service/running-desk.ts';
import { operator, rulesText } from '../engine/service/service-fixture.ts';
import { noKeeping } from '../support/no-keeping.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';
import { openBrowser } from './stage/open-browser.ts';

jest.setTimeout(300_000);

/** One for each way in which a page could take a text for something else. */
const scripts = {
  reason: '<script>alert("reason")</script>',
  note: '"><img src=x onerror=alert("note")>',
  line: '</script><svg onload=alert("line")>',
  hold: '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  freeze: '<a href="javascript:alert(1)" autofocus onfocus=alert(1)>x</a>',
  commit: '<style onload=alert("commit")></style>',
  cancelled: '{{constructor.constructor("alert(1)")()}}',
} as const;

/** He may see everything, and what waits for an approval waits for him. */
const actor: Actor = { ...operator, roles: [...operator.roles, 'approver'], via: 'ui' };

let postgres: ScratchPostgres;
let running: RunningDesk;
let server: RunningServer;
let browser: Browser;
let page: Page;
let promotion: string;
const wrong: string[] = [];
beforeAll(async () => {
  postgres = await startScratchPostgres();
  running = await RunningDesk.open(
    await postgres.createStoreDatabase(),
    rulesText('approvals: { stages: [{ name: checkers, roles: [approver] }] }'),
  );
  const { desk } = running;
  await running.release('v5', { verifiedIn: ['dev', 'qa'] });
  promotion = (await running.promote({ release: 'v5', to: 'staging', reason: scripts.reason })).id;
  await desk.service.note(operator, promotion, scripts.note);
  const line = { promotionId: promotion, step: 'initialize', attempt: 1, at: desk.clock.now(), line: scripts.line };
  await desk.store.appendLogs([line]);
  const cancelled = await desk.run({ release: 'v5', to: 'staging', isDryRun: true });
  await desk.service.cancel(operator, cancelled, scripts.cancelled);
  await desk.service.hold(operator, { application: 'shop', environment: 'production', reason: scripts.hold });
  const to = new Date(desk.clock.now().getTime() + 3_600_000);
  await desk.service.declareFreeze(operator, { name: scripts.freeze, environment: 'dev', reason: scripts.freeze, to });
  running.git.commit('env/qa', { 'shop/qa/values.yaml': 'release: v1\nlimit: 7\n' }, '100644', scripts.commit);
  server = await startServer(
    {
      version: '1',
      service: desk.service,
      identity: { kind: 'iap', identify: () => Promise.resolve({ kind: 'known', actor }) },
      answers: desk.store.answers,
      clock: desk.clock,
      log: pino({ level: 'silent' }),
      webFolder: await builtWeb(),
      publicOrigin: undefined,
      limits: { bodyBytes: 100_000, burst: 10_000, requestsPerSecond: 10_000 },
      changes: { subscribe: () => () => undefined },
      versions: () => Promise.resolve(new Map()),
      keeping: noKeeping,
      checkReady: () => Promise.resolve(),
    },
    { address: '127.0.0.1', port: 0 },
  );
  browser = await openBrowser();
  page = await browser.newPage();
  page.on('dialog', (dialog) => {
    wrong.push(`it said ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) wrong.push(message.text());
  });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await running.close();
  await postgres.stop();
});

/** What a text that was taken for a part of the page would have left in it. */
const injected = `document.querySelectorAll(
  'img[src="x"], svg[onload], iframe[srcdoc], style[onload], [onfocus], [onerror], a[href^="javascript:"]'
).length`;

describe('a script in what somebody wrote', () => {
  it.each([
    ['the reason and a note of a promotion', '/promotions/<id>', [scripts.reason, scripts.note]],
    ['what is on its way and what keeps environments closed', '/', []],
    ['what waits for an approval', '/approvals', [scripts.reason]],
    ['what is over', '/history', []],
    ['the trail of everything', '/audit', [scripts.note]],
    ['holds and freezes', '/settings', [scripts.hold, scripts.freeze]],
    ['the message of a commit', '/configuration?application=shop&environment=qa', [scripts.commit]],
  ])('is text on the page that shows %s, and does nothing', async (_what, path, texts) => {
    await page.goto(`${server.url}${path.replace('<id>', promotion)}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    for (const text of texts) await page.getByText(text).first().waitFor();
    expect(await page.evaluate(injected)).toBe(0);
    expect(wrong).toEqual([]);
  });

  it('is text among what steps wrote', async () => {
    await page.goto(`${server.url}/promotions/${promotion}`);
    await page.getByText(scripts.line).first().waitFor();
    expect(await page.evaluate(injected)).toBe(0);
    expect(wrong).toEqual([]);
  });
});
