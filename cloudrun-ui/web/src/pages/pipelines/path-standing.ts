import type { StatusKind } from '../../status/status.ts';
import type { Pipeline, PipelinePath } from './pipeline-query.ts';

/** What can be done along a path now. */
export interface PathStanding {
  readonly kind: StatusKind;
  /** A few, as they stand on an arrow. */
  readonly words: string;
  /** For what exactly it waits. */
  readonly detail?: string;
  /** When that changes by itself. */
  readonly until: string | undefined;
}

/** @param now for soaks that are over. */
export function standingOf(path: PipelinePath, pipeline: Pipeline, now: Date): PathStanding {
  const moving = pipeline.running.find(({ from, to }) => from === path.from && to === path.to);
  if (moving !== undefined) {
    const { release, waiting } = moving;
    if (waiting === null) return { kind: 'running', words: `${release} is moving`, until: undefined };
    return {
      kind: 'waiting',
      words: `${release} waits for ${waiting.reason.replaceAll('-', ' ')}`,
      detail: waiting.detail,
      until: waiting.until ?? undefined,
    };
  }
  const { candidate } = path;
  if (candidate === null) return { kind: 'idle', words: 'nothing to promote', until: undefined };
  if (candidate.isBad) return { kind: 'failed', words: `${candidate.release} is marked bad`, until: undefined };
  if (!path.isOpen) {
    return { kind: 'held', words: path.reason ?? 'closed', until: path.changesAt ?? undefined };
  }
  if (new Date(candidate.soakedAt) > now) {
    return { kind: 'waiting', words: `${candidate.release} soaks`, until: candidate.soakedAt };
  }
  return { kind: 'promoted', words: `${candidate.release} can go`, until: undefined };
}
