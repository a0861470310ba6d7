import { exitCodes } from './exit-code.ts';

/** While it listens, ctrl-C ends what is being watched instead of the process. */
export interface Interruption {
  listen(): Disposable & { readonly signal: AbortSignal };
}

/** SIGINT of this process. A second one while the first is being answered ends at once. */
export const processInterruption: Interruption = {
  listen() {
    const controller = new AbortController();
    const onInterrupt = (): void => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      controller.abort();
    };
    process.on('SIGINT', onInterrupt);
    return {
      signal: controller.signal,
      [Symbol.dispose]() {
        process.off('SIGINT', onInterrupt);
      },
    };
  },
};

/** What work answers, or `interrupted` when the signal comes first. */
export async function unlessInterrupted<Value>(
  work: () => Promise<Value>,
  signal: AbortSignal,
): Promise<Value | 'interrupted'> {
  if (signal.aborted) return 'interrupted';
  const { promise: interrupted, resolve } = Promise.withResolvers<'interrupted'>();
  const onAbort = (): void => {
    resolve('interrupted');
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(), interrupted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
