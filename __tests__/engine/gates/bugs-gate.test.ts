import type { EvidenceFact, Finding } from '../../../engine/evidence/evidence.ts';
import type { Waiver } from '../../../engine/evidence/waiver.ts';
import { evidence, judged, now, secondsAgo, verdict } from './gate-fixture.ts';

const bugs = (tracker: string, ...items: Finding[]): EvidenceFact => ({ kind: 'bugs', tracker, items });
const bug = (id: string, severity: Finding['severity']): Finding => ({ id, severity });
const none = { maximum: { critical: 0, high: 0 } };

describe('open bugs', () => {
  it.each([
    [[], 'pass'],
    [[bug('#1', 'critical')], 'fail'],
    [[bug('#1', 'high')], 'fail'],
    [[bug('#1', 'medium'), bug('#2', 'low')], 'pass'],
  ] as const)('%j: %s', async (items, expected) => {
    expect(await verdict('bugs', none, { evidence: [evidence(bugs('github', ...items))] })).toBe(expected);
  });

  it('may be exactly as many as the rule says', async () => {
    const config = { maximum: { critical: 0, high: 2, medium: 0 } };
    const open = [bug('#1', 'high'), bug('#2', 'high')];
    expect(await verdict('bugs', config, { evidence: [evidence(bugs('github', ...open))] })).toBe('pass');
    const more = [evidence(bugs('github', ...open, bug('#3', 'high')))];
    expect(await verdict('bugs', config, { evidence: more })).toBe('fail');
    const medium = [evidence(bugs('github', bug('#4', 'medium')))];
    expect(await verdict('bugs', config, { evidence: medium })).toBe('fail');
  });

  it('are looked for in every tracker, as it said last', async () => {
    const both = [evidence(bugs('github')), evidence(bugs('jira', bug('SHOP-1', 'critical')))];
    expect(await verdict('bugs', none, { evidence: both })).toBe('fail');
    const closed = [...both, evidence(bugs('jira'), secondsAgo(-1))];
    expect(await verdict('bugs', none, { evidence: closed })).toBe('pass');
  });

  it('may be set aside one by one, by waiver', async () => {
    const waiver = {
      id: 'w-1',
      application: 'shop',
      finding: '#1',
      owner: 'ana',
      reason: 'seen by nobody',
      expiresAt: new Date(now.getTime() + 86_400_000),
    } as unknown as Waiver;
    const open = [evidence(bugs('github', bug('#1', 'critical')))];
    expect(await judged('bugs', none, { evidence: open, waivers: [waiver] })).toMatchObject({
      verdict: 'pass',
      detail: expect.stringContaining('#1 waived by ana') as string,
    });
  });

  it('may grow only as old as the rule says', async () => {
    const config = { maximum: { critical: 5, high: 5 }, maximumAgeSeconds: { critical: 7 * 86_400 } };
    const known = (days: number) => [
      evidence(bugs('github', { ...bug('#1', 'critical'), knownSince: secondsAgo(days * 86_400).toISOString() })),
    ];
    expect(await verdict('bugs', config, { evidence: known(7) })).toBe('pass');
    expect(await verdict('bugs', config, { evidence: known(7.001) })).toBe('fail');
  });
});
