import { relative } from 'node:path';

/** How this program is typed here, so that a proposed command can be typed as it stands. */
export function invocationOf(
  script: string | undefined,
  workingDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (environment['npm_lifecycle_event'] !== undefined) return 'npm run promote --';
  if (script?.endsWith('.ts') !== true) return 'promote';
  return `node ${relative(workingDirectory, script)}`;
}
