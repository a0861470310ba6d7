import { layOut } from '../../../../cloudrun-ui/web/src/pages/pipelines/lay-out.ts';
import { standingOf } from '../../../../cloudrun-ui/web/src/pages/pipelines/path-standing.ts';
import type { Pipeline, PipelinePath } from '../../../../cloudrun-ui/web/src/pages/pipelines/pipeline-query.ts';

const now = new Date('2030-01-01T12:00:00Z');
const path = (more: Partial<PipelinePath> = {}): PipelinePath => ({
  from: 'dev',
  to: 'staging',
  candidate: { release: 'v2', isBad: false, soakedAt: '2030-01-01T11:00:00.000Z' },
  isOpen: true,
  changesAt: null,
  reason: null,
  soakSeconds: 0,
  approvals: [],
  hasCanary: false,
  promotesByItself: false,
  mayPromote: true,
  maySetAside: [],
  ...more,
});
const pipeline = (running: readonly Partial<Pipeline['running'][number]>[] = []): Pipeline => ({
  at: now.toISOString(),
  application: 'shop',
  environments: [],
  paths: [],
  running: running as Pipeline['running'],
  closures: [],
});

describe('what can be done along a path', () => {
  it('is to promote what has soaked, where it is open', () => {
    expect(standingOf(path(), pipeline(), now)).toEqual({ kind: 'promoted', words: 'v2 can go', until: undefined });
  });

  it('is to wait for a soak, or for what keeps it closed, until it ends', () => {
    const soakedAt = '2030-01-01T13:00:00.000Z';
    const soaking = path({ candidate: { release: 'v2', isBad: false, soakedAt } });
    expect(standingOf(soaking, pipeline(), now)).toEqual({ kind: 'waiting', words: 'v2 soaks', until: soakedAt });
    const closed = path({ isOpen: false, reason: 'the holidays', changesAt: soakedAt });
    expect(standingOf(closed, pipeline(), now)).toEqual({ kind: 'held', words: 'the holidays', until: soakedAt });
  });

  it('is nothing where there is nothing to promote, or only what is bad', () => {
    expect(standingOf(path({ candidate: null }), pipeline(), now).kind).toBe('idle');
    const bad = path({ candidate: { release: 'v2', isBad: true, soakedAt: now.toISOString() } });
    expect(standingOf(bad, pipeline(), now)).toMatchObject({ kind: 'failed', words: 'v2 is marked bad' });
  });

  it('is to watch what moves along it already, and not what moves elsewhere', () => {
    const elsewhere = { release: 'v1', from: 'staging', to: 'prod', waiting: null };
    expect(standingOf(path(), pipeline([elsewhere]), now).kind).toBe('promoted');
    const here = { release: 'v2', from: 'dev', to: 'staging', waiting: null };
    expect(standingOf(path(), pipeline([elsewhere, here]), now)).toMatchObject({
      kind: 'running',
      words: 'v2 is moving',
    });
  });
});

describe('the graph of a pipeline', () => {
  it('places each environment to the right of those that lead into it, and none upon another', () => {
    const environments = ['dev', 'qa', 'staging', 'prod'].map((name) => ({ name, state: null }));
    const paths = [
      path({ from: 'dev', to: 'qa' }),
      path({ from: 'dev', to: 'staging' }),
      path({ from: 'staging', to: 'prod' }),
    ];
    const boxes = layOut({ environments, paths });
    const at = new Map(boxes.map((box) => [box.name, box]));
    for (const { from, to } of paths) expect(at.get(to)?.x).toBeGreaterThan(at.get(from)?.x ?? Number.NaN);
    expect(new Set(boxes.map(({ x, y }) => `${String(x)} ${String(y)}`)).size).toBe(environments.length);
  });
});
