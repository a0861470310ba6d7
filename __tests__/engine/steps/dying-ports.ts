import type { Ports } from '../../../engine/workflow/ports.ts';

/** The process ended between two calls to the outside. */
export class Died extends Error {
  override readonly name = 'Died';
}

export interface Death {
  /** The call at which it happens, from 0. */
  readonly call: number;
  /** Whether the call still reached its target. */
  readonly moment: 'before' | 'after';
}

/** The same ports for a process that dies at one of its calls. @returns how many were made, too. */
export function dyingPorts(
  ports: Ports,
  death: Death | undefined,
): { readonly ports: Ports; readonly calls: () => number } {
  let calls = 0;
  const counted = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return async (...given: readonly unknown[]): Promise<unknown> => {
          const own = calls;
          calls += 1;
          if (death?.call === own && death.moment === 'before') throw new Died();
          const answer: unknown = await Reflect.apply(member, target, given);
          if (death?.call === own) throw new Died();
          return answer;
        };
      },
    });
  const configuration = counted(ports.configuration('configuration'));
  return {
    calls: () => calls,
    ports: {
      artifacts: counted(ports.artifacts),
      configuration: () => configuration,
      database: counted(ports.database),
      deployment: counted(ports.deployment),
      flags: counted(ports.flags),
      probe: counted(ports.probe),
      documents: counted(ports.documents),
    },
  };
}
