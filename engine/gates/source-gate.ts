import { z } from 'zod';
import type { Evidence } from '../evidence/evidence.ts';
import { defineGate, newestFact } from './gate.ts';

/** The release was built from a pushed commit of an expected branch, and what is known of it belongs to that commit. */
export const sourceGate = defineGate({
  name: 'source',
  configSchema: z.object({ requireClean: z.boolean(), branches: z.array(z.string()) }),
  async evaluate(context) {
    const { requireClean, branches } = context.config;
    const newest = newestFact(context, 'source');
    if (!newest.found) return { kind: 'missing', detail: `the state of the source is not known: ${newest.why}` };
    const { commit, branch, isClean, isPushed } = newest.fact;
    const built = context.release.content.source?.commit;
    if (built === undefined) {
      const detail = `${context.release.name} does not say which commit it was made from, so nobody can tell that ${short(commit)} is its source`;
      return { kind: 'missing', detail };
    }
    const strangers = newestOfEachSource(context.evidence).filter(
      ({ sourceCommit }) => sourceCommit !== undefined && !isSameCommit(sourceCommit, built),
    );
    const failures = [
      ...(isSameCommit(commit, built)
        ? []
        : [`it is of ${short(commit)}, and the release was built from ${short(built)}`]),
      ...(isClean || !requireClean ? [] : ['there were uncommitted changes']),
      ...(isPushed ? [] : [`${short(commit)} was not pushed`]),
      ...(branches.length === 0 || branches.includes(branch)
        ? []
        : [`it was built from ${branch}, expected is ${branches.join(' or ')}`]),
      ...strangers.map(
        ({ source, fact, sourceCommit = '' }) =>
          `the ${fact.kind} evidence of ${source} is of ${short(sourceCommit)}, not of ${short(built)}`,
      ),
    ];
    const evidence = [newest.id];
    return failures.length > 0
      ? { kind: 'fail', detail: `source: ${failures.join('; ')}`, evidence }
      : { kind: 'pass', detail: `${short(commit)} of ${branch}`, evidence };
  },
});

/** What gates would judge: the newest of each kind and variety. What was replaced since decides nothing. */
function newestOfEachSource(evidence: readonly Evidence[]): readonly Evidence[] {
  const newest = new Map<string, Evidence>();
  for (const each of evidence) {
    const key = varietyOf(each);
    if (!newest.has(key)) newest.set(key, each);
  }
  return [...newest.values()];
}

function varietyOf({ fact }: Evidence): string {
  switch (fact.kind) {
    case 'tests':
      return `tests ${fact.suite}`;
    case 'findings':
      return `findings ${fact.scanner}`;
    case 'lint':
    case 'performance':
      return `${fact.kind} ${fact.tool}`;
    case 'load':
      return `load ${fact.tool} ${fact.phase}`;
    case 'code-review':
      return `code-review ${fact.change}`;
    case 'bugs':
      return `bugs ${fact.tracker}`;
    case 'signature':
      return `signature ${fact.digest} ${fact.signer}`;
    case 'custom':
      return `custom ${fact.name}`;
    case 'coverage':
    case 'source':
      return fact.kind;
  }
}

/** Git lets people write a commit by its beginning; seven digits are what it prints itself. */
function isSameCommit(left: string, right: string): boolean {
  const [shorter, longer] = [left.toLowerCase(), right.toLowerCase()].toSorted((a, b) => a.length - b.length);
  return shorter !== undefined && shorter.length >= 7 && longer?.startsWith(shorter) === true;
}

function short(commit: string): string {
  return commit.slice(0, 10);
}
