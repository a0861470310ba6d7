import type { Effect } from '../../../engine/workflow/fence.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import type { Guard } from './guard.ts';

/** The ports with a point before and after every call that carries an effect, whatever the method is called. */
export function guardPorts(ports: Ports, guard: Guard): Ports {
  return {
    ...ports,
    artifacts: guardEffects('artifacts', ports.artifacts, guard),
    configuration: (repository) => guardEffects('configuration', ports.configuration(repository), guard),
    database: guardEffects('database', ports.database, guard),
    deployment: guardEffects('deployment', ports.deployment, guard),
    flags: guardEffects('flags', ports.flags, guard),
    probe: ports.probe,
    actions: ports.actions,
    metrics: ports.metrics,
    documents: guardEffects('documents', ports.documents, guard),
  };
}

function guardEffects<Port extends object>(name: string, port: Port, guard: Guard): Port {
  const counts = new WeakMap<Effect, Map<string, number>>();
  return new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]): unknown => {
        const call = (): unknown => Reflect.apply(member, target, parameters);
        const effect = parameters.find(isEffect);
        if (effect === undefined) return call();
        const count = nextCount(counts, effect, String(property));
        const place = `${placeOf(effect)}:${name}.${String(property)}${count === 1 ? '' : `#${String(count)}`}`;
        return guard.around(place, async () => call());
      };
    },
  });
}

/** A step that makes the same call twice in one attempt has two places there. */
function nextCount(counts: WeakMap<Effect, Map<string, number>>, effect: Effect, method: string): number {
  const ofEffect = counts.get(effect) ?? new Map<string, number>();
  counts.set(effect, ofEffect);
  const count = (ofEffect.get(method) ?? 0) + 1;
  ofEffect.set(method, count);
  return count;
}

function isEffect(value: unknown): value is Effect {
  return typeof value === 'object' && value !== null && 'key' in value && 'fence' in value && 'signal' in value;
}

/** The key is `promotion:step` or `promotion:step:undo`. */
function placeOf({ key }: Effect): string {
  return key.slice(key.indexOf(':') + 1);
}
