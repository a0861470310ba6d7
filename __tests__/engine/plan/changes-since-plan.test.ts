import { changesSincePlan, type PlanLook } from '../../../engine/plan/changes-since-plan.ts';
import type { Plan } from '../../../engine/plan/plan.ts';

const path = 'shop/staging/values.yaml';

/** A plan that is based on a commit, and moves what is said. */
const planAt = (base: string, changes: readonly object[] = []): Plan => ({
  hash: `plan-${base}`,
  body: JSON.parse(JSON.stringify({ to: 'staging', configuration: { base, changes } })) as Plan['body'],
});

/** A target whose values were one text and are another by now. */
function look(was: string, is: string): PlanLook {
  const files: Readonly<Record<string, string>> = { aaaaaaaa1: was, bbbbbbbb2: is };
  const repository = {
    read: (commit: string, file: string) => {
      const text = files[commit];
      return text === undefined || file !== path ? Promise.reject(new Error('gone')) : Promise.resolve(text);
    },
  };
  return {
    plans: {
      plan: (hash) => Promise.resolve(before.hash === hash ? before : undefined),
      movedSincePlan: () => Promise.resolve([]),
    },
    ports: { configuration: () => repository } as unknown as PlanLook['ports'],
    place: { repository: 'configuration', branch: 'env/staging', path },
    signal: AbortSignal.timeout(60_000),
  };
}

const before = planAt('aaaaaaaa1', [{ path: 'feature.limit', before: 5, after: 9 }]);
const now = planAt('bbbbbbbb2', [{ path: 'feature.limit', before: 7, after: 9 }]);

describe('what somebody changed by hand in the configuration of the target', () => {
  it('is told setting by setting, old → new, each once', async () => {
    const was = 'feature: { limit: 5 }\npage: { size: 10 }\n';
    const is = 'feature: { limit: 7 }\npage: { size: 20, colour: red }\n';
    expect(await changesSincePlan(look(was, is), before.hash, now)).toBe(
      'Changed: setting feature.limit there (5 → 7); configuration of staging (page.size 10 → 20, page.colour unset → red; commit aaaaaaa → bbbbbbb)',
    );
  });

  it('tells of a secret that it is another one, and no secret', async () => {
    const told = await changesSincePlan(
      look('db: { password: hunter2, url: "postgres://shop:hunter2@db/shop" }', 'db: { password: hunter3 }'),
      before.hash,
      now,
    );
    expect(told).toContain('db.password *** → *** (changed)');
    expect(told).toContain('db.url ');
    expect(told).not.toContain('hunter');
  });

  it('is cut where nobody reads on', async () => {
    const values = (value: number): string =>
      Array.from({ length: 9 }, (_, index) => `k${String(index)}: ${String(value)}\n`).join('');
    const told = await changesSincePlan(look(values(1), values(2)), before.hash, now);
    expect(told).toContain('k5 1 → 2, and 3 more; commit aaaaaaa → bbbbbbb)');
  });

  it('is told by its commits when the values are the same, are none, or cannot be read any more', async () => {
    const commits = 'configuration of staging (commit aaaaaaa → bbbbbbb)';
    expect(await changesSincePlan(look('a: 1', 'a: 1'), before.hash, now)).toContain(commits);
    expect(await changesSincePlan(look('a: 1', 'a: [1'), before.hash, now)).toContain(commits);
    const elsewhere = { ...look('a: 1', 'a: 2'), place: { repository: 'r', branch: 'b', path: 'gone.yaml' } };
    expect(await changesSincePlan(elsewhere, before.hash, now)).toContain(commits);
  });

  it('is not asked for when what was planned before is not known', async () => {
    expect(await changesSincePlan(look('a: 1', 'a: 2'), 'plan-of-none', now)).toBe('Changed: what was planned before');
  });
});
