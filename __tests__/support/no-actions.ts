import type { ActionRunner } from '../../engine/actions/action-runner.ts';

/** For tests whose rules bring no action along. */
export const noActions: ActionRunner = {
  run: () => Promise.reject(new Error('no action was expected here')),
};
