import { createHash, randomBytes } from 'node:crypto';

const fenceDigits = 12;

/**
 * What a process of an action carries, in the form of a UUID: the first part names the action's key, the last one the
 * fence, so that a run knows the processes of its predecessors, which died or lost their lease. What lies between is
 * drawn anew for each run.
 */
export function actionToken(key: string, fence: number): string {
  const drawn = randomBytes(4).toString('hex');
  const fencePart = fence.toString(16).padStart(fenceDigits, '0');
  return `${keyPart(key)}-${drawn.slice(0, 4)}-${drawn.slice(4)}-${fencePart}`;
}

/** Whether a token belongs to an older run of the same key. */
export function isOlderRun(token: string, key: string, fence: number): boolean {
  if (!token.startsWith(`${keyPart(key)}-`)) return false;
  return Number.parseInt(token.slice(-fenceDigits), 16) < fence;
}

function keyPart(key: string): string {
  const hex = createHash('sha256').update(`action:${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}`;
}
