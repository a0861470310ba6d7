import { instantText } from '../../../engine/schedule/instant-text.ts';
import type { WaiverView } from '../../../engine/promotion-service.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const waiver: WaiverView = {
  id: 'wv-1',
  application: 'shop',
  finding: 'CVE-1',
  owner: 'ana',
  reason: 'not reachable',
  expiresAt: afterStart(60 + 30 * 86_400),
  releaseDigest: undefined,
  release: undefined,
  createdBy: 'ana',
  createdAt: afterStart(60),
  revoked: undefined,
  state: 'valid',
};

describe('promote waive', () => {
  const asked: unknown[] = [];
  const session = fakeSession({
    waive: (_actor, request) => {
      asked.push(request);
      return Promise.resolve(waiver);
    },
    waivers: (_actor, application) => {
      asked.push(application);
      return Promise.resolve([
        waiver,
        { ...waiver, id: 'wv-2', state: 'expired', release: 'v2' },
        { ...waiver, id: 'wv-3', state: 'revoked', revoked: { at: afterStart(1), by: 'ben', reason: 'fixed' } },
      ]);
    },
    revokeWaiver: (_actor, id, reason) => {
      asked.push([id, reason]);
      return Promise.resolve({ ...waiver, state: 'revoked', revoked: { at: afterStart(1), by: 'ana', reason } });
    },
  });

  it('sets a finding aside until its end', async () => {
    const words = [
      'waive',
      'shop',
      'CVE-1',
      '--reason',
      'not reachable',
      '--expires',
      '30d',
      '--owner',
      'me',
      '--release',
      'v2',
    ];
    const { exitCode, out } = await record(words, { session });
    expect(exitCode).toBe(0);
    expect(out).toBe(
      `✔ Waived CVE-1\nCVE-1   shop   until ${instantText(waiver.expiresAt)}   by ana   not reachable   wv-1\n`,
    );
    expect(asked.at(-1)).toEqual({
      application: 'shop',
      finding: 'CVE-1',
      reason: 'not reachable',
      expiresAt: waiver.expiresAt,
      owner: undefined,
      release: 'v2',
    });
  });

  it('lists what is set aside, whatever became of it', async () => {
    const { out } = await record(['waive', '--list'], { session });
    expect(asked.at(-1)).toBeUndefined();
    expect(out).toContain('ended in 30 d');
    expect(out).toContain('revoked by ben: fixed');
    const json = await record(['waive', 'shop', '--list', '--json'], { session });
    expect(asked.at(-1)).toBe('shop');
    expect(JSON.parse(json.out)).toMatchObject({
      waivers: [{ id: 'wv-1', release: null }, { release: 'v2' }, { state: 'revoked' }],
    });
  });

  it('ends a waiver before its time', async () => {
    const { exitCode, out } = await record(['waive', '--revoke', 'wv-1', '--reason', 'fixed'], { session });
    expect([exitCode, asked.at(-1)]).toEqual([0, ['wv-1', 'fixed']]);
    expect(out).toContain('✔ Revoked wv-1\n');
  });

  it.each([
    [['shop', 'CVE-1', '--expires', '30d'], 'needs --reason and --expires'],
    [['shop', 'CVE-1', '--reason', 'x'], 'needs --reason and --expires'],
    [['shop', '--reason', 'x', '--expires', '30d'], 'name the application and the finding'],
    [['shop', 'CVE-1', '--reason', 'x', '--expires', 'never'], 'It must be how long from now'],
    [['shop', 'CVE-1', '--reason', 'x', '--expires', '2001-01-01'], 'It must be in the future'],
    [['--revoke', 'wv-1'], '--revoke needs --reason'],
    [['shop', '--revoke', 'wv-1', '--reason', 'x'], '--revoke goes without an application'],
    [['shop', 'CVE-1', '--list'], '--list goes without a finding'],
    [['--list', '--owner', 'me'], '--list goes without --owner'],
  ])('is refused with exit code 2 before anything is opened: %j', async (words, message) => {
    const { exitCode, errors } = await record(['waive', ...words]);
    expect([exitCode, errors]).toEqual([2, expect.stringContaining(message)]);
  });
});
