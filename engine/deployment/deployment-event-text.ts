import type { DeploymentEvent } from './deployment-target.ts';

/** One thing that a target did, in words; undefined: what the step says itself. */
export function deploymentEventText({ event, service, message }: DeploymentEvent, release: string): string | undefined {
  const words = wordsOf(event, release);
  if (words === undefined || service === undefined) return undefined;
  return `${service}: ${words}${message === undefined ? '' : ` (${message})`}`;
}

function wordsOf(event: DeploymentEvent['event'], release: string): string | undefined {
  switch (event) {
    case 'starting':
      return `an instance of ${release} starts`;
    case 'ready':
      return 'it is ready';
    case 'canary-ready':
      return 'its canary is ready and gets its share';
    case 'canary-ended':
      return 'its canary gets no more requests';
    case 'shifted':
      return 'new requests go to the new instance';
    case 'kept':
      return 'the instance before is kept to take the requests back';
    case 'drained':
      return 'the instance before has answered its last request';
    case 'stopped':
      return 'an instance is stopped';
    case 'restarted':
      return 'it is started again';
    case 'accepted':
    case 'available':
    case 'failed':
      return undefined;
  }
}
