import type { Subject } from '../installation/subject.ts';
import type { TinyRelease } from '../installation/tiny-release.ts';
import {
  effectsOfContract,
  effectsOfManualRollback,
  effectsOfPromotion,
  effectsOfRollback,
  type EffectCounts,
} from '../witnesses/effect-counts.ts';

/**
 * What becomes of a promotion that workers are killed in: it goes well; its release is sick, so it takes itself back; it
 * is the one by which a person takes back a promotion that had gone well; or the one that runs its contract migrations.
 */
export const courses = ['well', 'sick', 'regretted', 'contract'] as const;
export type Course = (typeof courses)[number];

export interface Expectation {
  readonly state: 'COMPLETED_SUCCESSFULLY' | 'ROLLED_BACK';
  readonly effects: EffectCounts;
  readonly notifications: readonly string[];
  /** Whether the release is what runs afterwards. */
  readonly isKept: boolean;
}

export const expectations: Readonly<Record<Course, Expectation>> = {
  well: {
    state: 'COMPLETED_SUCCESSFULLY',
    effects: effectsOfPromotion,
    notifications: ['promotion.started', 'artifacts.promoted', 'report.ready', 'promotion.finished'],
    isKept: true,
  },
  sick: {
    state: 'ROLLED_BACK',
    effects: effectsOfRollback,
    notifications: ['promotion.started', 'rollback.started', 'promotion.rolled-back'],
    isKept: false,
  },
  regretted: {
    state: 'ROLLED_BACK',
    effects: effectsOfManualRollback,
    notifications: ['rollback.started', 'promotion.rolled-back'],
    isKept: false,
  },
  contract: {
    state: 'COMPLETED_SUCCESSFULLY',
    effects: effectsOfContract,
    notifications: ['contract.scheduled', 'report.ready', 'contract.finished'],
    isKept: true,
  },
};

/** @param finish runs a promotion to its end without disturbing it. @returns the promotion to run, and its release. */
export async function begin(
  course: Course,
  subject: Subject,
  finish: (promotionId: string) => Promise<void>,
): Promise<{ readonly id: string; readonly release: TinyRelease }> {
  switch (course) {
    case 'well':
    case 'sick': {
      const release = await subject.buildNext(course);
      return { id: await subject.request(release), release };
    }
    case 'regretted': {
      const release = await subject.buildNext('well');
      const id = await subject.request(release);
      await finish(id);
      await requireSuccess(subject, id);
      return { id: await subject.takeBack(id), release };
    }
    case 'contract': {
      const release = await subject.buildNextWithContract();
      const id = await subject.request(release);
      await finish(id);
      await requireSuccess(subject, id);
      subject.keep(release);
      return { id: await subject.contractOf(id), release };
    }
  }
}

/** What follows is judged against a target that this one has left behind; and it alone can say why it has not. */
async function requireSuccess(subject: Subject, promotionId: string): Promise<void> {
  const { state, failure, parked } = await subject.load(promotionId);
  if (state === 'COMPLETED_SUCCESSFULLY') return;
  const why = failure ? `${failure.step}: ${failure.error.message}` : (parked?.detail ?? 'nobody said why');
  throw new Error(`${promotionId}, which nobody disturbed, is ${state}: ${why}`);
}
