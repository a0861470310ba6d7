import { setTimeout as delay } from 'node:timers/promises';
import { loopbackHost } from './loopback-ports.ts';
import type { PlatformTiming } from './platform-timing.ts';
import type { ServiceProcess } from './service-process.ts';
import { describeSeconds } from '../../contract/describe-seconds.ts';
import { causeText } from '../../wording/cause-text.ts';

/** Where every service says whether it can take requests: 200, or anything else. */
export const readinessPath = '/readyz';

export type Readiness = { readonly isReady: true } | { readonly isReady: false; readonly reason: string };

/** Asks one instance once; an instance that does not answer is not ready. */
export async function askReadiness(port: number, timeoutSeconds: number, signal: AbortSignal): Promise<Readiness> {
  try {
    const response = await fetch(`http://${loopbackHost}:${String(port)}${readinessPath}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]),
      redirect: 'manual',
      headers: { connection: 'close' },
    });
    await response.body?.cancel();
    if (response.status === 200) return { isReady: true };
    return { isReady: false, reason: `${readinessPath} answered ${String(response.status)}` };
  } catch (error) {
    return { isReady: false, reason: `${readinessPath} did not answer: ${causeText(error)}` };
  }
}

/**
 * Waits until an instance is ready, has ended, or its time is over.
 * @throws the signal's reason when it is aborted.
 */
export async function untilReady(
  process: ServiceProcess,
  timing: PlatformTiming,
  signal: AbortSignal,
): Promise<Readiness> {
  const deadline = performance.now() + timing.startupTimeoutSeconds * 1000;
  for (;;) {
    const answer = await askReadiness(process.port, timing.probeTimeoutSeconds, signal);
    signal.throwIfAborted();
    if (process.hasExited) return { isReady: false, reason: `the process ${await process.exited}` };
    if (answer.isReady) return answer;
    if (performance.now() >= deadline) {
      return {
        isReady: false,
        reason: `not ready after ${describeSeconds(timing.startupTimeoutSeconds)}: ${answer.reason}`,
      };
    }
    await delay(timing.startupProbeIntervalSeconds * 1000, undefined, { signal });
  }
}
