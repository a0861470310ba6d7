import fc from 'fast-check';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { PathGraph } from '../../../engine/rules/path-graph.ts';
import { reachableFrom } from '../../../engine/rules/reachability.ts';
import { pathSchema, type After, type Path } from '../../../engine/rules/schema.ts';
import { pipelineText } from './rules-text.ts';

const parsed = parseRules(pipelineText, 'f');
if (!parsed.ok) throw new Error('The pipeline is valid.');
const graph = new PathGraph(parsed.rules);

function pathTo(to: string, from: string): Path {
  const verdict = graph.checkMove(from, to);
  if (!verdict.ok) throw new Error(verdict.reason);
  return verdict.path;
}

describe('a move', () => {
  it('that is listed is allowed, by aliases too', () => {
    expect(graph.checkMove('stage', 'production')).toMatchObject({ ok: true, path: { from: 'staging', to: 'live' } });
  });

  it.each([
    ['dev', 'staging', 'skips', 'dev → staging skips qa and uat1. From dev: qa.'],
    ['qa', 'dev', 'backward', 'qa → dev goes backward; roll back instead. From qa: uat1, uat2.'],
    ['uat1', 'uat2', 'not-listed', 'uat1 → uat2 is not a listed path. From uat1: staging.'],
    ['stage', 'staging', 'same-environment', 'staging → staging would move nothing. From staging: live.'],
    ['live', 'dev', 'backward', 'live → dev goes backward; roll back instead. No path leaves live.'],
    [
      'dev',
      'q',
      'unknown-environment',
      'There is no environment q. Did you mean qa? Known: dev, qa, uat1, uat2, staging, live.',
    ],
    [
      'dve',
      'qa',
      'unknown-environment',
      'There is no environment dve. Did you mean dev? Known: dev, qa, uat1, uat2, staging, live.',
    ],
  ])('%s → %s is refused: %s', (from, to, refusal, reason) => {
    expect(graph.checkMove(from, to)).toMatchObject({ ok: false, refusal, reason });
  });

  it('that is refused comes with the moves that are legal', () => {
    expect(graph.checkMove('qa', 'live')).toMatchObject({
      skipped: ['uat1', 'staging'],
      legalHops: ['uat1', 'uat2'],
    });
  });
});

describe('a path where several meet', () => {
  it('is closed until the release is verified where it comes from', () => {
    expect(graph.openness(pathTo('qa', 'dev'), new Set())).toMatchObject({
      isOpen: false,
      missing: ['dev'],
      needed: 1,
    });
    expect(graph.openness(pathTo('qa', 'dev'), new Set(['dev']))).toEqual({ isOpen: true });
  });

  it('waits for all of its sources when it says so', () => {
    const path = pathTo('staging', 'uat1');
    expect(graph.openness(path, new Set(['uat1']))).toMatchObject({ isOpen: false, missing: ['uat2'] });
    expect(graph.openness(path, new Set(['uat1', 'uat2']))).toEqual({ isOpen: true });
  });

  it('waits for as many as it says', () => {
    const path: Path = { ...pathTo('staging', 'uat2'), after: { atLeast: 2, of: ['qa', 'uat1', 'uat2'] } };
    expect(graph.openness(path, new Set(['uat2']))).toMatchObject({
      isOpen: false,
      missing: ['qa', 'uat1'],
      needed: 1,
    });
    expect(graph.openness(path, new Set(['uat2', 'qa']))).toEqual({ isOpen: true });
  });
});

describe('the only path', () => {
  it('is found by either end', () => {
    expect(graph.onlyPath({ from: 'dev' })).toMatchObject({ ok: true, path: { to: 'qa' } });
    expect(graph.onlyPath({ to: 'prod' })).toMatchObject({ ok: true, path: { from: 'staging' } });
  });

  it('is not guessed where there are several, or none', () => {
    expect(graph.onlyPath({ from: 'qa' })).toMatchObject({
      ok: false,
      reason: 'There are several paths from qa: qa → uat1, qa → uat2. Name one.',
    });
    expect(graph.onlyPath({ from: 'live' })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^There is no path from live\. Releases move dev → qa, qa → uat1, /) as string,
    });
    expect(graph.onlyPath({ to: 'stging' })).toMatchObject({ ok: false, candidates: [] });
    expect(graph.onlyPath()).toMatchObject({ ok: false, reason: expect.stringContaining('several paths:') as string });
  });
});

describe('any graph without circles', () => {
  const size = 7;
  const names = Array.from({ length: size }, (_, index) => `e${String(index)}`);
  const edge = fc.tuple(fc.nat(size - 1), fc.nat(size - 1)).filter(([a, b]) => a < b);
  const dag = fc
    .uniqueArray(edge, { selector: ([a, b]) => a * size + b, maxLength: 15 })
    .map((edges) => edges.map(([a, b]) => ({ from: `e${String(a)}`, to: `e${String(b)}` })));
  const graphOf = (edges: readonly { from: string; to: string }[], after: After = 'any'): PathGraph =>
    new PathGraph({
      environments: names.map((name) => ({ name, aliases: [`${name}-alias`] })) as never,
      paths: edges.map((ends) => pathSchema.parse({ ...ends, after })),
    });

  it('allows exactly the listed moves and says truly why it refuses the others', () => {
    fc.assert(
      fc.property(dag, fc.constantFrom(...names), fc.constantFrom(...names), (edges, from, to) => {
        const verdict = graphOf(edges).checkMove(`${from}-alias`, to);
        const isListed = edges.some((candidate) => candidate.from === from && candidate.to === to);
        expect(verdict.ok).toBe(isListed);
        if (verdict.ok) return;
        expect(verdict.legalHops).toEqual(edges.filter((candidate) => candidate.from === from).map((hop) => hop.to));
        const isForward = reachableFrom(from, edges).has(to);
        const isBackward = reachableFrom(to, edges).has(from);
        const expected =
          from === to ? 'same-environment' : isForward ? 'skips' : isBackward ? 'backward' : 'not-listed';
        expect(verdict.refusal).toBe(expected);
        const route = [from, ...verdict.skipped, to];
        if (verdict.refusal === 'skips') {
          expect(verdict.skipped.length).toBeGreaterThan(0);
          for (const [index, name] of route.slice(1).entries()) {
            expect(edges).toContainEqual({ from: route[index], to: name });
          }
        }
      }),
    );
  });

  it('never closes a path again because a release is verified in more places', () => {
    const after = fc.oneof(
      fc.constantFrom<After>('any', 'all'),
      fc.record({
        atLeast: fc.integer({ min: 1, max: 3 }),
        of: fc.uniqueArray(fc.constantFrom(...names), { minLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(dag, after, fc.subarray(names), fc.subarray(names), (edges, condition, some, more) => {
        const built = graphOf(edges, condition);
        for (const path of built.paths()) {
          const before = built.openness(path, new Set(some));
          const later = built.openness(path, new Set([...some, ...more]));
          expect(before.isOpen && !later.isOpen).toBe(false);
          const everywhere = built.openness(path, new Set(names));
          expect(everywhere.isOpen).toBe(true);
          if (!before.isOpen) expect(before.needed).toBeLessThanOrEqual(before.missing.length);
        }
      }),
    );
  });

  it('is read back from a document exactly when it has no circle', () => {
    const anyEdge = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).filter(([a, b]) => a !== b);
    const edges = fc.uniqueArray(anyEdge, { selector: (pair) => pair.join(), maxLength: 9 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const moves = pairs.map(([from, to]) => ({ from, to }));
        const environments = names.map((name) => ({
          name,
          targets: { deployment: { kind: 'local' }, registry: 'r', configuration: { repository: 'c' } },
        }));
        const applications = [{ name: 'shop', services: [{ name: 'api' }] }];
        const text = JSON.stringify({ version: 1, applications, environments, paths: moves });
        const hasCircle = names.some((name) => reachableFrom(name, moves).has(name));
        expect(parseRules(text, 'f').ok).toBe(!hasCircle);
      }),
      { numRuns: 60 },
    );
  });
});
