import { factOf, refusal } from '../reading.ts';

const issue = (number: number, labels: readonly string[], more: object = {}) => ({
  number,
  title: `Bug ${String(number)}`,
  labels: labels.map((name) => ({ id: `L_${name}`, name, color: 'ff0000' })),
  createdAt: '2026-11-01T10:00:00Z',
  state: 'OPEN',
  ...more,
});

describe('bugs of gh issue list', () => {
  it('are known by their numbers, and as bad as their worst label', async () => {
    const issues = [
      issue(1, ['bug', 'critical']),
      issue(2, ['priority: High', 'low']),
      issue(3, ['severity/medium']),
      issue(4, ['Priority:low']),
      issue(5, ['bug']),
      issue(6, ['not critical']),
      issue(7, ['critical'], { state: 'CLOSED' }),
    ];
    const fact = await factOf('bugs', issues);
    expect(fact.items.map(({ id, severity }) => [id, severity])).toEqual([
      ['1', 'critical'],
      ['2', 'high'],
      ['3', 'medium'],
      ['4', 'low'],
      ['5', 'medium'],
      ['6', 'medium'],
    ]);
    expect(fact.items[0]).toEqual({
      id: '1',
      severity: 'critical',
      subject: 'Bug 1',
      knownSince: '2026-11-01T10:00:00.000Z',
    });
  });

  it('may be none, once it is said that they are bugs', async () => {
    expect(await factOf('bugs', [], { format: 'bugs' })).toEqual({ kind: 'bugs', tracker: 'github', items: [] });
    expect(await refusal([])).toMatch(/is in no format that is known by its beginning; say --format junit/);
  });

  it.each([
    [[{ number: 1, title: 'x' }], /\$\[0\]\.labels: is missing/],
    [[{ labels: [] }], /\$\[0\]\.number: is missing/],
    [[issue(-1, [])], /\$\[0\]\.number/],
    [{ issues: [] }, /\$: must be a list and is an object/],
  ])('is refused: %j', async (content, reason) => {
    expect(await refusal(content, { format: 'bugs' })).toMatch(reason);
  });
});
