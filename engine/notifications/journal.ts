import type { Notifier, Subscriber } from './notifier.ts';

/** Hears everything, whatever the rules say: what this machine keeps of its own news. */
export function journal(notifier: Notifier): Subscriber {
  return {
    // No channel of the rules can have this name.
    name: '(journal)',
    hears: () => true,
    deliver: (notification, signal) => notifier.deliver(notification, signal),
  };
}
