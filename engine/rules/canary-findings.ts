import { inheritDefaults, isGroup, type Group } from './inheritance.ts';
import type { Finding } from './problem.ts';

const expected = 'told with enabled: true, or there is no canary; with enabled: false where none is wanted';

/** Settings of a canary that nobody switched on or off: whoever wrote them believes that there is one. */
export function canaryFindings(document: unknown): readonly Finding[] {
  if (!isGroup(document)) return [];
  const inherited = inheritDefaults(document);
  const paths = pathsOf(document);
  const switches = pathsOf(inherited).map((path) => canaryOf(path)['enabled']);
  const ofPaths = paths.flatMap((path, index) =>
    isSet(canaryOf(path)) && switches[index] === undefined
      ? [{ path: ['paths', index, 'canary'], expected } satisfies Finding]
      : [],
  );
  // What is set for all may be meant for those paths alone that switch it on.
  const isForNobody = isSet(canaryOf(document['defaults'])) && switches.every((each) => each === undefined);
  return isForNobody && ofPaths.length === 0 ? [{ path: ['defaults', 'canary'], expected }] : ofPaths;
}

function pathsOf(document: unknown): readonly unknown[] {
  const paths: unknown = isGroup(document) ? document['paths'] : undefined;
  return Array.isArray(paths) ? (paths as readonly unknown[]) : [];
}

function canaryOf(requirement: unknown): Group {
  const canary: unknown = isGroup(requirement) ? requirement['canary'] : undefined;
  return isGroup(canary) ? canary : {};
}

function isSet(canary: Group): boolean {
  return canary['enabled'] === undefined && Object.keys(canary).some((key) => key !== 'enabled');
}
