import type { PromotionRequest } from '../../../engine/promotion-service.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { SourceRepository } from '../../support/source-repository.ts';
import { RunningDesk } from './running-desk.ts';
import { alan, anna, promoter, rulesText } from './service-fixture.ts';

export const reason = 'customers cannot pay';
/** What lies behind the path into staging, where the lane begins. */
export const lane = `hotfix:
  entry: staging
  approvals: [{ name: CAB emergency approval, roles: [approver] }]
  setAside: [coverage]
  mergeBackTo: develop
`;

/** A running desk whose releases come from a real repository: v1, which runs everywhere, and the fix v1.1 upon it. */
export class HotfixDesk {
  readonly running: RunningDesk;
  readonly source: SourceRepository;
  /** The commits of v1 and of the fix. */
  readonly live: string;
  readonly fix: string;

  private constructor(running: RunningDesk, source: SourceRepository, live: string, fix: string) {
    this.running = running;
    this.source = source;
    this.live = live;
    this.fix = fix;
  }

  /** @param more of the path into staging. @param rest behind the paths. */
  static async open(url: string, more = '', rest = lane): Promise<HotfixDesk> {
    const running = await RunningDesk.open(url, `${rulesText(more)}${rest}`);
    const source = new SourceRepository();
    const live = source.commit('shop.js', 'one\n', 'v1');
    source.git('branch', 'develop');
    source.checkOut('hotfix', live);
    const fix = source.commit('pay.js', 'mended\n', 'Mend paying');
    const desk = new HotfixDesk(running, source, live, fix);
    // v1 of the desk says no repository of this one: one that does takes its place.
    for (const place of ['qa', 'staging', 'production']) await desk.build(`v1-${place}`, live, [place]);
    await desk.build('v1.1', fix, []);
    return desk;
  }

  /** Makes a release from a commit, its images in dev. */
  build(name: string, commit: string, verifiedIn: readonly string[] = ['dev']): Promise<void> {
    const source = { repository: this.source.address, commit, authors: ['willa@shop.example'] };
    return this.running.release(name, { source, verifiedIn });
  }

  /** Asks for the fix in the lane and runs it until it waits or has ended. */
  ask(more: Partial<PromotionRequest> = {}, actor: Actor = promoter): Promise<PromotionRecord> {
    return this.running.promote({ release: 'v1.1', to: 'staging', isHotfix: true, reason, ...more }, actor);
  }

  /** Has the emergency approval given, and runs what follows. */
  async approve(id: string, actor: Actor = alan): Promise<PromotionRecord> {
    await this.running.desk.service.decide(actor, { promotionId: id, decision: 'approved' });
    await this.running.work();
    return this.running.desk.load(id);
  }

  /** Has the fix run in staging. @returns the promotion's id. */
  async enter(): Promise<string> {
    const { id } = await this.ask();
    const { state, failure } = await this.approve(id);
    if (state !== 'COMPLETED_SUCCESSFULLY') throw new Error(`${state}: ${failure?.error.message ?? ''}`);
    return id;
  }

  /** Has the fix run in production, half an hour later. */
  async goLive(): Promise<string> {
    await this.enter();
    this.running.desk.clock.advance(1800);
    const { id } = await this.ask({ to: 'production' });
    const { state } = await this.approve(id, anna);
    if (state !== 'COMPLETED_SUCCESSFULLY') throw new Error(state);
    return id;
  }

  async close(): Promise<void> {
    await this.running.close();
    this.source.remove();
  }
}
