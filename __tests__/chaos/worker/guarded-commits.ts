import type { CommitOutcome, Transition } from '../../../engine/workflow/transition.ts';
import type { Guard } from './guard.ts';

interface Committing {
  commit(transition: Transition): Promise<CommitOutcome>;
}

/** The store with a point before and after every commit that ends a step or a compensation. */
export function guardCommits<Store extends Committing>(store: Store, guard: Guard): Store {
  return new Proxy(store, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      if (property !== 'commit') return (...parameters: unknown[]): unknown => Reflect.apply(member, target, parameters);
      return (transition: Transition): Promise<CommitOutcome> => {
        const step = endedStep(transition);
        if (step === undefined) return target.commit(transition);
        return guard.around(`${step}:commit`, () => target.commit(transition));
      };
    },
  });
}

/** The step, or `<step>:undo`, whose end a transition stores. */
function endedStep({ steps }: Transition): string | undefined {
  for (const { name, status, compensation } of steps) {
    if (compensation === undefined && ['done', 'failed', 'skipped'].includes(status)) return name;
    if (compensation?.status === 'done' || compensation?.status === 'failed') return `${name}:undo`;
  }
  return undefined;
}
