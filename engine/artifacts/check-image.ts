import type { ImageInspection } from './artifact-registry.ts';
import { describeBytes, formatBytes } from '../wording/format-bytes.ts';

/** What images are checked for, in the order of the image guide, and the signature behind that. */
export const imageCheckNames = [
  'exists',
  'size',
  'architecture',
  'layers',
  'metadata',
  'labels',
  'command',
  'security scan',
  'signature',
] as const;
export type ImageCheckName = (typeof imageCheckNames)[number];

export interface ImageCheck {
  readonly check: ImageCheckName;
  /** `skipped`: not looked at, because somebody skipped validation. */
  readonly verdict: 'pass' | 'warn' | 'fail' | 'skipped';
  /** What was found; for a failure, so that it can follow the service's name. */
  readonly detail: string;
}

/** Whether somebody may overrule a check that fails; an image that is not there, or not whole, cannot be wished away. */
export function mayBeOverruled(check: ImageCheckName): boolean {
  return check !== 'exists' && check !== 'layers';
}

export interface ImageRequirements {
  readonly minimumSizeBytes: number;
  readonly maximumSizeBytes: number;
  readonly platforms: readonly string[];
  readonly requiredLabels: readonly string[];
  readonly requireEntrypoint: boolean;
}

/** Judges what was found in an image; each check by itself, so that all that is wrong is told at once. */
export function checkImage(image: ImageInspection, required: ImageRequirements): readonly ImageCheck[] {
  const { sizeBytes, platforms, layers, labels, entrypoint, command } = image;
  const { minimumSizeBytes, maximumSizeBytes } = required;
  const offered = platforms.map(({ os, architecture }) => `${os}/${architecture}`);
  const lacking = required.platforms.filter((platform) => !offered.includes(platform));
  const damaged = layers.filter(({ isIntact }) => !isIntact).map(({ digest }) => digest);
  const unlabelled = required.requiredLabels.filter((label) => (labels[label] ?? '') === '');
  const isNamed = platforms.length > 0 && platforms.every(({ os, architecture }) => os !== '' && architecture !== '');
  const runs = [...entrypoint, ...command];
  return [
    result(
      'size',
      sizeBytes < minimumSizeBytes
        ? `is ${formatBytes(sizeBytes, 'down')}, less than ${describeBytes(minimumSizeBytes)}`
        : sizeBytes > maximumSizeBytes
          ? `is ${formatBytes(sizeBytes, 'up')}, more than ${describeBytes(maximumSizeBytes)}`
          : undefined,
      formatBytes(sizeBytes),
    ),
    result('architecture', lacking.length > 0 ? `does not offer ${lacking.join(', ')}` : undefined, offered.join(', ')),
    result(
      'layers',
      damaged.length > 0 ? `has damaged layers: ${damaged.join(', ')}` : undefined,
      `${String(layers.length)} intact`,
    ),
    result('metadata', isNamed ? undefined : 'does not say for which platform it was built', image.mediaType),
    result(
      'labels',
      unlabelled.length > 0 ? `lacks the labels ${unlabelled.join(', ')}` : undefined,
      `${String(required.requiredLabels.length)} required`,
    ),
    result(
      'command',
      required.requireEntrypoint && runs.every((word) => word.trim() === '')
        ? 'does not say what it runs (no ENTRYPOINT, no CMD)'
        : undefined,
      runs.join(' '),
    ),
  ];
}

function result(check: ImageCheckName, problem: string | undefined, found: string): ImageCheck {
  return problem === undefined
    ? { check, verdict: 'pass', detail: found }
    : { check, verdict: 'fail', detail: problem };
}
