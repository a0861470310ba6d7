import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import type { RecordedEnvironment } from '../store/overview-store.ts';

/** How what runs differs from what is recorded, in words; undefined: it does not. */
export function driftOf(
  { release, images }: Pick<RecordedEnvironment, 'release' | 'images'>,
  { desired, services }: Pick<DeploymentStatus, 'desired' | 'services'>,
): string | undefined {
  if (desired === undefined) return `nothing was ever deployed there, and ${release} is recorded`;
  const others = images.flatMap(({ service, digest }) => {
    const running = services.find(({ name }) => name === service)?.digest;
    return running === undefined || running === digest
      ? []
      : [`${service} runs ${shortened(running)}, not ${shortened(digest)}`];
  });
  if (others.length === 0) return undefined;
  const by = desired.release === release ? '' : `; it was deployed as ${desired.release}`;
  return `${others.join(', ')} of ${release}${by}`;
}

/** As much of a digest as people compare. */
function shortened(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
