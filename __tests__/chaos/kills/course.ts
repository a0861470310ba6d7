import type { Subject } from '../installation/subject.ts';
import type { TinyRelease } from '../installation/tiny-release.ts';
import {
  effectsOfManualRollback,
  effectsOfPromotion,
  effectsOfRollback,
  type EffectCounts,
} from '../witnesses/effect-counts.ts';

/**
 * What becomes of a promotion that workers are killed in: it goes well; its release is sick, so it takes itself back; or
 * it is the one by which a person takes back a promotion that had gone well.
 */
export const courses = ['well', 'sick', 'regretted'] as const;
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
};

/** @param finish runs a promotion to its end without disturbing it. @returns the promotion to run, and its release. */
export async function begin(
  course: Course,
  subject: Subject,
  finish: (promotionId: string) => Promise<void>,
): Promise<{ readonly id: string; readonly release: TinyRelease }> {
  const release = await subject.buildNext(course === 'sick' ? 'sick' : 'well');
  const id = await subject.request(release);
  if (course !== 'regretted') return { id, release };
  await finish(id);
  return { id: await subject.takeBack(id), release };
}
