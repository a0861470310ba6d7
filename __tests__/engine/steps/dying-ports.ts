import type { Ports } from '../../../engine/workflow/ports.ts';

/** The process ended between two calls to the outside. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** The same ports for a process that ends after so many of its calls. @returns how many were made, too. */
export function dyingPorts(
  ports: Ports,
  callsBeforeDeath: number,
): { readonly ports: Ports; readonly calls: () => number } {
  let calls = 0;
  const counted = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return async (...given: readonly unknown[]): Promise<unknown> => {
          if (calls >= callsBeforeDeath) throw new Died();
          calls += 1;
          return Reflect.apply(member, target, given);
        };
      },
    });
  const configuration = counted(ports.configuration('configuration'));
  return {
    calls: () => calls,
    ports: {
      ...ports,
      artifacts: counted(ports.artifacts),
      configuration: () => configuration,
      database: counted(ports.database),
      deployment: counted(ports.deployment),
      flags: counted(ports.flags),
      probe: counted(ports.probe),
      actions: counted(ports.actions),
      metrics: counted(ports.metrics),
      documents: counted(ports.documents),
    },
  };
}
