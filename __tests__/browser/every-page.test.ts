import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Auditorium } from './stage/auditorium.ts';
import { inspectView, type Inspection } from './stage/inspect-view.ts';
import { allViews } from './stage/views.ts';

jest.setTimeout(300_000);

let auditorium: Auditorium;
beforeAll(async () => {
  auditorium = await Auditorium.open();
});
afterAll(async () => {
  await auditorium.close();
});

describe.each(['light', 'dark'] as const)('every page, in whatever state, %s', (colorScheme) => {
  const inspections: Inspection[] = [];
  beforeAll(async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    // What is still moving is measured as it will not stay.
    const reader = await auditorium.reader({ colorScheme, reducedMotion: 'reduce' });
    await reader.page.addInitScript(axe);
    for (const view of await allViews(auditorium.stage)) inspections.push(await inspectView(reader, view));
  });
  const told = (wrong: (inspection: Inspection) => unknown) =>
    Object.fromEntries(inspections.flatMap((each) => (wrong(each) === undefined ? [] : [[each.view, wrong(each)]])));

  it('can be used by everybody: axe finds nothing serious or critical', () => {
    expect(told(({ barriers }) => (barriers.length > 0 ? barriers : undefined))).toEqual({});
  });

  it('fits a phone without being wider than it', () => {
    expect(told(({ phoneWidthPx }) => (phoneWidthPx > 390 ? phoneWidthPx : undefined))).toEqual({});
  });

  it('brings no error, and nothing that the content policy forbids', () => {
    expect(told(({ complaints }) => (complaints.length > 0 ? complaints : undefined))).toEqual({});
  });
});

describe('a page before somebody who asked for reduced motion', () => {
  it('keeps still', async () => {
    const waiting = await auditorium.stage.waitingForApproval();
    const reader = await auditorium.reader({ reducedMotion: 'reduce' });
    for (const path of ['/', `/promotions/${waiting}`, '/?promote=shop']) {
      await reader.open(path);
      const moving = await reader.page.evaluate(
        `document.getAnimations().filter((each) => each.effect.getComputedTiming().activeDuration > 1).length`,
      );
      expect({ path, moving }).toEqual({ path, moving: 0 });
    }
  });
});
