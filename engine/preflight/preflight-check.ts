import type { Release } from '../release.ts';
import type { Definition } from '../workflow/definition.ts';
import type { Ports } from '../workflow/ports.ts';
import { formatBytes } from '../wording/format-bytes.ts';

export interface PreflightContext {
  readonly ports: Ports;
  readonly definition: Definition;
  readonly release: Release;
  readonly signal: AbortSignal;
}

/** One thing that a promotion will need, looked at before anything changes. */
export interface PreflightCheck {
  readonly name: PreflightCheckName;
  /** What is looked at, as the log names it. */
  readonly subject: (definition: Definition) => string;
  /** Whether a promotion can go on without it. */
  readonly isOptional: boolean;
  /** @returns what was found, in a few words. @throws what the promotion itself would fail with. */
  readonly look: (context: PreflightContext) => Promise<string>;
}

export const preflightCheckNames = [
  'artifacts',
  'images',
  'configuration',
  'database',
  'flags',
  'deployment',
  'documents',
  'metrics',
  'notifications',
] as const;
export type PreflightCheckName = (typeof preflightCheckNames)[number];

/** There is less space than what is to be written needs. */
export class NotEnoughSpaceError extends Error {
  override readonly name = 'NotEnoughSpaceError';
}

/** Images that nothing would copy are not where they are to run. */
export class ImagesMissingError extends Error {
  override readonly name = 'ImagesMissingError';

  constructor(registry: string, missing: readonly string[]) {
    super(
      `${registry} has no ${missing.join(', ')}, and the rules leave out promote-artifacts, which would bring it: push it there, or take promote-artifacts out of steps.leaveOut`,
    );
  }
}

/** Kept free beside what is known to be needed. */
const reserveBytes = 64 * 1024 * 1024;

/** @returns how much there is, in words; undefined bytes: nobody can tell, as with a registry elsewhere. */
export function requireSpace(what: string, freeBytes: number | undefined, neededBytes: number): string {
  if (freeBytes === undefined) return 'writable';
  if (freeBytes < neededBytes + reserveBytes) {
    throw new NotEnoughSpaceError(
      `${what} needs ${formatBytes(neededBytes + reserveBytes, 'up')}, and ${formatBytes(freeBytes, 'down')} are free`,
    );
  }
  return `${formatBytes(freeBytes, 'down')} free`;
}
