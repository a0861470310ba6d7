import type { Closure } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import type { Pipeline } from './pipeline-query.ts';

type State = Pipeline['environments'][number]['state'];

interface Standing {
  readonly kind: StatusKind;
  readonly words: string;
}

interface Health extends Standing {
  /** What is wrong, or why nobody knows. */
  readonly trouble: string | undefined;
  /** How what runs differs from what is recorded. */
  readonly drift: string | undefined;
}

/** What runs in an environment, and whether it was verified there. */
export function standingOfEnvironment(state: State): Standing {
  if (state === null || state.release === null) return { kind: 'idle', words: 'nothing yet' };
  if (state.isBad) return { kind: 'failed', words: `${state.release}, marked bad` };
  if (state.verifiedAt === null) return { kind: 'waiting', words: `${state.release}, not verified` };
  return { kind: 'promoted', words: state.release };
}

/** How it was when somebody looked last; undefined: nobody has. */
export function healthOf(state: State): Health | undefined {
  const observed = state?.observed ?? null;
  if (observed === null) return undefined;
  const drift = observed.drift ?? undefined;
  const trouble = observed.trouble ?? undefined;
  switch (observed.health) {
    case 'healthy':
      return { kind: 'promoted', words: 'healthy', trouble, drift };
    case 'sick':
      return { kind: 'failed', words: 'sick', trouble, drift };
    case 'unknown':
      return { kind: 'idle', words: 'unknown', trouble, drift };
  }
}

/** What keeps an environment closed now. */
export function closureOf({ closures }: Pick<Pipeline, 'closures'>, environment: string): Closure | undefined {
  return closures.find((closure) => [environment, '*'].includes(closure.environment));
}
