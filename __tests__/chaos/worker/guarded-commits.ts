import type { WorkflowStore } from '../../../engine/store/workflow-store.ts';
import type { CommitOutcome, Transition } from '../../../engine/workflow/transition.ts';
import type { Guard } from './guard.ts';

/**
 * The store with a point before and after every commit that ends a step or a compensation. A worker that has slept
 * hears no more of its lease, as if the network kept the answer from it: the fences alone must hold it back.
 */
export function guardCommits<Store extends Pick<WorkflowStore, 'commit' | 'renew'>>(store: Store, guard: Guard): Store {
  return new Proxy(store, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      switch (property) {
        case 'commit':
          return (transition: Transition): Promise<CommitOutcome> => {
            const step = endedStep(transition);
            if (step === undefined) return target.commit(transition);
            return guard.around(`${step}:commit`, () => target.commit(transition));
          };
        case 'renew':
          return (...parameters: Parameters<WorkflowStore['renew']>) =>
            guard.hasHalted ? Promise.withResolvers<never>().promise : target.renew(...parameters);
        default:
          return (...parameters: unknown[]): unknown => Reflect.apply(member, target, parameters);
      }
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
