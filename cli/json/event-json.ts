import type { ChainedEvent, StoredLogLine } from '../../engine/promotion-service.ts';

/** An entry of the audit trail as `audit show --json` shows it, in full: the hash can be computed again from it. */
export function eventJson(event: ChainedEvent) {
  const { seq, at, type, actor, data, previousHash, hash } = event;
  return { seq, at, type, actor, data, previousHash, hash };
}

export function logLineJson({ seq, at, step, attempt, line }: StoredLogLine) {
  return { seq, at, step, attempt, line };
}
