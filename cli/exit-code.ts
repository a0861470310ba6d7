import type { PromotionRecord } from '../engine/promotion-service.ts';

/** What `promote` ends with; scripts rely on these numbers. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  requirementsNotMet: 3,
  waiting: 4,
  rolledBack: 5,
  interrupted: 130,
  /** The reader of the output went away, as a shell reports SIGPIPE. */
  brokenPipe: 141,
} as const;

/** For the documentation and `promote --help`. */
export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [
    exitCodes.ok,
    'done; for `rollback`, taken back; for `run`, `validate` and `plan`, also when the release runs there already and nothing is to do',
  ],
  [exitCodes.failed, 'failed, refused, or ended without being promoted'],
  [
    exitCodes.usage,
    'the command was not understood, it names an application, environment or release that there is not, or the rules file is wrong',
  ],
  [
    exitCodes.requirementsNotMet,
    'the requirements of the path are not met, or no path leads there: what skips an environment or goes backward is refused',
  ],
  [
    exitCodes.waiting,
    'waiting: for a person, for a window or a soak that is not over soon, or not waited for because of `--no-wait`',
  ],
  [exitCodes.rolledBack, 'failed and rolled back'],
  [exitCodes.interrupted, 'interrupted; a promotion that was followed goes on'],
];

/** What a person asked for, which decides whether an end is a success. */
export type Wish = 'promote' | 'take-back';

/** The exit code of a promotion that has ended. */
export function exitCodeOf(promotion: Pick<PromotionRecord, 'state' | 'failure'>, wish: Wish): number {
  switch (promotion.state) {
    case 'COMPLETED_SUCCESSFULLY':
      return wish === 'promote' ? exitCodes.ok : exitCodes.failed;
    case 'ROLLED_BACK':
      return wish === 'take-back' ? exitCodes.ok : exitCodes.rolledBack;
    case 'CANCELLED':
      return wish === 'take-back' ? exitCodes.ok : exitCodes.failed;
    case 'FAILED':
      return promotion.failure?.requirementsNotMet === true ? exitCodes.requirementsNotMet : exitCodes.failed;
    default:
      return exitCodes.failed;
  }
}
