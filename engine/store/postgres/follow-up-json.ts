import type { Transition } from '../../workflow/transition.ts';
import { newPromotionRow } from './new-promotion-row.ts';
import { transitionArguments } from './transition-json.ts';

/** The last argument of `apply_transitions_with_follow_ups`: what each transition brings about. */
export function followUpArgument(transitions: readonly Transition[]): string {
  const followUps = transitions.flatMap((transition, index) =>
    transition.followUps.map(({ record, resources, transition: first }) => {
      const [heads, steps, events, messages] = transitionArguments([{ ...first, steps: record.steps }]);
      const row = newPromotionRow({ record, resources, idempotencyKey: undefined, transition: first });
      return `{"place":${String(index + 1)},"row":${JSON.stringify(row)},"heads":${heads},"steps":${steps},"events":${events},"messages":${messages}}`;
    }),
  );
  return `[${followUps.join(',')}]`;
}
