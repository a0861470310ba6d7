import { examineAudit } from '../../../cli/compose/examine-audit.ts';
import { AuditKeyError } from '../../../engine/audit/audit-key.ts';

const whole = { findings: [], chains: 3, entries: 1204, pruned: 0, signedUpTo: new Date('2026-11-20T10:00:00.000Z') };

describe('the audit trail, as doctor sees it', () => {
  it('is well when it verifies', async () => {
    expect(await examineAudit(() => Promise.resolve(whole))).toEqual({
      subject: 'audit trail',
      level: 'ok',
      detail: '3 chains, 1,204 entries verified; signed up to 2026-11-20T10:00:00.000Z',
    });
    const fresh = { ...whole, chains: 1, entries: 1, signedUpTo: undefined };
    expect((await examineAudit(() => Promise.resolve(fresh))).detail).toBe(
      '1 chain, 1 entry verified; nothing is signed yet',
    );
  });

  it('is counted and named when it was changed, with what to do', async () => {
    const findings = [
      { promotionId: 'pr-7f3a', seq: 3, problem: 'was edited' },
      { promotionId: 'pr-0b', problem: 'was removed' },
    ];
    expect(await examineAudit(() => Promise.resolve({ ...whole, findings }))).toMatchObject({
      level: 'fail',
      detail: '2 findings in 3 chains, 1,204 entries; the first: pr-7f3a entry 3 was edited',
      remedy: expect.stringContaining('promote audit verify') as string,
    });
  });

  it('cannot be verified without its key, which is a finding and no crash', async () => {
    const missing = () => Promise.reject(new AuditKeyError('key.pem is missing'));
    expect(await examineAudit(missing)).toMatchObject({ level: 'fail', detail: 'key.pem is missing' });
    const broken = () => Promise.reject(new Error('the database went away'));
    await expect(examineAudit(broken)).rejects.toThrow('the database went away');
  });
});
