import type { ServiceStore } from '../../../engine/store/service-store.ts';
import { describeChanges } from './contract/changes.ts';
import { describeCalendar } from './contract/calendar.ts';
import { describeClaiming } from './contract/claiming.ts';
import { describeCommitting } from './contract/committing.ts';
import { describeDelivery } from './contract/delivery.ts';
import { describeEvidence } from './contract/evidence.ts';
import { describeFollowUps } from './contract/follow-ups.ts';
import { describeMemory } from './contract/memory.ts';
import { describeReplay } from './contract/replay.ts';
import { describeReports } from './contract/reports.ts';
import { describeSlots } from './contract/slots.ts';
import type { OpenStore } from './contract/store-fixture.ts';

/** An empty store of a test; `open` connects to it once more, as another process would. */
export interface StoreUnderTest {
  readonly store: ServiceStore;
  readonly open: () => Promise<ServiceStore>;
  readonly close: () => Promise<void>;
}

/** What every store of promotions must keep, whatever it is made of. */
export function describeStore(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let current: StoreUnderTest | undefined;
    beforeEach(async () => {
      current = await makeStore();
    });
    afterEach(async () => {
      await current?.close();
    });
    const opened: OpenStore = () => {
      if (current === undefined) throw new Error('the store was not made');
      return current;
    };
    describe('claiming', () => {
      describeClaiming(opened);
    });
    describe('committing', () => {
      describeCommitting(opened);
    });
    describe('slots and their queue', () => {
      describeSlots(opened);
    });
    describe('dispatch and outbox', () => {
      describeDelivery(opened);
    });
    describe('changes', () => {
      describeChanges(opened);
    });
    describe('calendar', () => {
      describeCalendar(opened);
    });
    describe('what a promotion brings about', () => {
      describeFollowUps(opened);
    });
    describe('memory', () => {
      describeMemory(opened);
    });
    describe('the report of a promotion', () => {
      describeReports(opened);
    });
    describe('the past', () => {
      describeReplay(opened);
    });
    describe('evidence and waivers', () => {
      describeEvidence(opened);
    });
  });
}
