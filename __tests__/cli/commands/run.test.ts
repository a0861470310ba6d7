import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { timeInNames } from '../../../cli/log-file.ts';
import { NothingToDoError, RefusedError, type PromotionService } from '../../../engine/promotion-service.ts';
import { afterStart, samplePromotion, sampleRelease, sampleView } from '../../../scripts/sample-promotion.ts';
import { sampleReport } from '../support/sample-promotion-report.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

type Request = Parameters<PromotionService['run']>[1];

/** A session in which a promotion succeeds at once; it remembers what was asked for. */
function succeeding(backup: readonly string[] = []) {
  const asked: Request[] = [];
  const completed: object[] = [];
  const session = fakeSession(
    {
      completeRequest: (_actor, partial) => {
        completed.push(partial);
        return Promise.resolve({ application: 'shop', release: 'v2', from: 'dev', to: 'staging' });
      },
      run: (_actor, request) => {
        asked.push(request);
        return Promise.resolve('pr-7f3a');
      },
      view: () => Promise.resolve({ ...sampleView(), promotion: samplePromotion() }),
      report: () => Promise.resolve(sampleReport()),
      logs: () => Promise.resolve([{ seq: 1, step: 'deploy', attempt: 1, at: afterStart(3), line: 'rolling out' }]),
    },
    {
      copyBackup: async (_id, folder) => {
        for (const name of backup) await writeFile(join(folder, name), 'kept');
        return backup;
      },
    },
  );
  return { session, asked, completed };
}

describe('promote run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'promote-run-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('asks for what can only be meant when nothing is said', async () => {
    const { session, asked, completed } = succeeding();
    const { exitCode } = await record(['run'], { session });
    expect(exitCode).toBe(0);
    expect(completed).toEqual([{}]);
    expect(asked).toMatchObject([{ application: 'shop', release: 'v2', from: 'dev', to: 'staging', isDryRun: false }]);
  });

  it('takes the variables of the guides, and what is typed before them', async () => {
    const environment = { FROM_ENV: 'dev', TO_ENV: 'staging', DRY_RUN: 'true', PROMOTE_APPLICATION: 'shop' };
    const first = succeeding();
    await record(['run'], { session: first.session, environment });
    expect(first.completed).toEqual([{ application: 'shop', from: 'dev', to: 'staging' }]);
    expect(first.asked).toMatchObject([{ isDryRun: true }]);
    const second = succeeding();
    await record(['run', 'blog', '--from', 'qa', '--to', 'live', '--release', 'v9'], {
      session: second.session,
      environment,
    });
    expect(second.completed).toEqual([{ application: 'blog', release: 'v9', from: 'qa', to: 'live' }]);
  });

  it.each([[[]], [['--no-wait']]])('ends well when the release runs there already %j', async (more) => {
    const why = 'staging runs v2 already: nothing to do.';
    const session = fakeSession({ run: () => Promise.reject(new NothingToDoError(why)) });
    const backup = join(folder, 'backup');
    const { exitCode, out, errors } = await record(['run', ...more, '--backup-dir', backup], { session });
    expect({ exitCode, out, errors }).toEqual({ exitCode: 0, out: `✔ ${why}\n`, errors: '' });
    expect(await readdir(folder)).toEqual([]);
    const json = JSON.parse((await record(['run', ...more, '--json'], { session })).out) as object;
    const move = { application: 'shop', release: 'v2', from: 'dev', to: 'staging' };
    expect(json).toEqual({ type: 'nothing-to-do', exitCode: 0, ...move, detail: why });
  });

  it('passes on how patient it shall be', async () => {
    const { session, asked } = succeeding();
    await record(['run'], { session, environment: { MAX_STARTUP_WAIT: '60', HEALTH_CHECK_TIMEOUT: '5' } });
    expect(asked).toMatchObject([{ timeouts: { startupSeconds: 60, healthCheckSeconds: 5 } }]);
  });

  it.each([
    [{ AUTO_APPROVE: 'maybe' }, 'AUTO_APPROVE must be true or false'],
    [{ DRY_RUN: 'yes' }, 'DRY_RUN must be true or false'],
    [{ ARGOCD_SERVER: 'argocd-server.argocd.svc.cluster.local:443' }, 'Argo CD waits for outside services'],
  ])('is refused before anything is opened when a variable is wrong: %j', async (environment, message) => {
    const { exitCode, out, errors } = await record(['run'], { environment });
    expect([exitCode, out]).toEqual([2, '']);
    expect(errors).toContain(message);
  });

  it('keeps what was said and what the steps wrote in a log of its own', async () => {
    const { session } = succeeding();
    const { exitCode, out, errors } = await record(['run', '--log'], { session, logFolder: folder });
    const [name] = await readdir(folder);
    expect(exitCode).toBe(0);
    expect(name).toMatch(/^promotion-\d{8}-\d{6}\.log$/);
    expect(errors).toContain(`The log is in ${folder}/${String(name)}`);
    const log = await readFile(join(folder, String(name)), 'utf8');
    expect(log).toContain(out);
    expect(log).toContain('deploy: rolling out');
    expect(log).toContain('Errors:\nCRITICAL 0 · HIGH 0 · MEDIUM 0 · LOW 0\n');
  });

  it('keeps it where PROMOTION_LOG says, unless another place is typed', async () => {
    const environment = { PROMOTION_LOG: join(folder, 'here.log') };
    await record(['run'], { session: succeeding().session, environment });
    await record(['run', '--log', join(folder, 'there.log')], { session: succeeding().session, environment });
    expect(await readdir(folder)).toEqual(['here.log', 'there.log']);
    const again = await record(['run'], { session: succeeding().session, environment });
    expect(again.exitCode).toBe(2);
    expect(again.errors).toContain('exists already');
  });

  it('names the log and the back-up by the time of the machine, however far the installation’s clock was moved', async () => {
    const { session } = succeeding(['backup.json']);
    await record(['run', '--log', '--backup-dir'], {
      ...{ session, logFolder: folder, machineSeconds: 60, nowSeconds: 60 + 30 * 86_400 },
    });
    const time = timeInNames(afterStart(60));
    expect(await readdir(folder)).toEqual([`promotion-${time}.log`, `staging-backup-${time}`]);
  });

  it('keeps an error in the log as well', async () => {
    const session = fakeSession({ run: () => Promise.reject(new RefusedError('v2 is marked bad', true)) });
    const file = join(folder, 'refused.log');
    const { exitCode } = await record(['run', '--log', file], { session });
    expect(exitCode).toBe(3);
    expect(await readFile(file, 'utf8')).toContain('error: v2 is marked bad');
  });

  it('copies what was backed up into a folder that only its owner may open', async () => {
    const { session } = succeeding(['backup.json', 'values.yaml']);
    const { errors } = await record(['run', '--backup-dir'], { session, logFolder: folder });
    const [name] = await readdir(folder);
    expect(name).toMatch(/^staging-backup-\d{8}-\d{6}$/);
    expect((await stat(join(folder, String(name)))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, String(name)))).toEqual(['backup.json', 'values.yaml']);
    expect(errors).toContain('2 files');
  });

  it('leaves no empty folder behind when nothing was backed up, or nothing was promoted', async () => {
    await record(['run', '--backup-dir'], { session: succeeding().session, logFolder: folder });
    const refusing = fakeSession({ run: () => Promise.reject(new RefusedError('no', true)) });
    await record(['run', '--backup-dir'], { session: refusing, logFolder: folder });
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks for nothing when the folder of the back-up cannot be made', async () => {
    const { session, asked } = succeeding();
    const { exitCode, errors } = await record(['run'], { session, environment: { BACKUP_DIR: folder } });
    expect([exitCode, asked]).toEqual([2, []]);
    expect(errors).toContain(`${folder} exists already`);
  });
});

describe('promote run that sets rules aside', () => {
  it('passes on what is to be set aside, by option or by variable, and what is typed wins', async () => {
    const first = succeeding();
    await record(['run', '--force', '--skip-validation', '--reason', 'must'], { session: first.session });
    expect(first.asked).toMatchObject([{ forces: true, skipsValidation: true, autoApproves: false, reason: 'must' }]);
    const second = succeeding();
    const environment = { SKIP_VALIDATION: 'true' };
    await record(['run', '--reason', 'must'], { session: second.session, environment });
    expect(second.asked).toMatchObject([{ forces: false, skipsValidation: true, autoApproves: false }]);
  });

  it.each<[words: readonly string[], environment: Readonly<Record<string, string>>, named: string]>([
    [['--force'], {}, '--force'],
    [['--skip-validation'], {}, '--skip-validation'],
    [['--skip-validation', '--reason', ' '], {}, '--skip-validation'],
    [['--override-freeze'], {}, '--override-freeze'],
    [['--hotfix'], {}, '--hotfix'],
    [['--force'], { AUTO_APPROVE: 'true' }, '--force'],
    [[], { AUTO_APPROVE: 'true', SKIP_VALIDATION: 'true' }, 'SKIP_VALIDATION'],
  ])('is not understood without a word why, and opens nothing: %j %j', async (words, environment, named) => {
    const { exitCode, errors } = await record(['run', ...words], { environment });
    expect([exitCode, errors]).toEqual([2, expect.stringContaining(`error: ${named} needs --reason "<why>"`)]);
  });

  it('looks at a hotfix without a reason, which only its promotion needs', async () => {
    const { session, asked } = succeeding();
    expect((await record(['run', '--hotfix', '--dry-run'], { session })).exitCode).toBe(0);
    expect(asked).toMatchObject([{ isHotfix: true, isDryRun: true }]);
  });

  it('takes the emergency lane when it is told to, with the reason', async () => {
    const { session, asked, completed } = succeeding();
    const words = [
      'run',
      'shop',
      '--release',
      'v2.1',
      '--to',
      'staging',
      '--hotfix',
      '--reason',
      'customers cannot pay',
    ];
    const { exitCode } = await record(words, { session });
    expect(exitCode).toBe(0);
    expect(completed).toEqual([{ application: 'shop', release: 'v2.1', to: 'staging', isHotfix: true }]);
    expect(asked).toMatchObject([{ isHotfix: true, reason: 'customers cannot pay' }]);
    const ordinary = succeeding();
    await record(['run'], { session: ordinary.session });
    expect(ordinary.asked).toMatchObject([{ isHotfix: false }]);
  });

  it('records the variable of the guide as the reason where nothing else was typed, and nothing more is set aside', async () => {
    const reasonFor = async (words: readonly string[], environment: Readonly<Record<string, string>>) => {
      const { session, asked } = succeeding();
      await record(['run', ...words], { session, environment });
      return asked[0]?.reason;
    };
    const AUTO_APPROVE = 'true';
    expect(await reasonFor([], { AUTO_APPROVE })).toBe('AUTO_APPROVE=true was set for the command that asked for it');
    expect(await reasonFor(['--reason', 'release day'], { AUTO_APPROVE })).toBe('release day');
    expect(await reasonFor(['--auto-approve'], {})).toBeUndefined();
    expect(await reasonFor([], { AUTO_APPROVE: 'false' })).toBeUndefined();
  });

  it('passes on an acknowledgement, and where the configuration is', async () => {
    const { session, asked } = succeeding();
    await record(['run', '--acknowledge', 'only dev is slow'], {
      session,
      environment: { GITOPS_REPO: 'owner/gitops-repo', GITOPS_BRANCH: 'main' },
    });
    expect(asked).toMatchObject([
      {
        acknowledges: 'only dev is slow',
        configuration: { repository: 'https://github.com/owner/gitops-repo.git', branch: 'main' },
      },
    ]);
  });

  it('refuses a token that could not be used, by its name, before anything is opened', async () => {
    const environment = { GITOPS_REPO: '/srv/git/x.git', GITOPS_TOKEN: 'hunter2' };
    const { exitCode, errors } = await record(['run'], { environment });
    expect([exitCode, errors]).toEqual([2, expect.stringContaining('GITOPS_TOKEN is set')]);
    expect(errors).not.toContain('hunter2');
  });

  it('says why it waits for approval though it was to bring its own', async () => {
    const { session, asked } = succeeding();
    const why = 'the rules let nobody approve by asking';
    const events = [
      {
        seq: 2,
        at: afterStart(0),
        type: 'auto-approval-declined',
        actor: { id: 'ana', verified: false, roles: [], via: 'cli' as const },
        data: { why },
        previousHash: '',
        hash: '',
      },
    ];
    const declining = { ...session, service: { ...session.service, events: () => Promise.resolve(events) } };
    const { errors } = await record(['run'], { session: declining, environment: { AUTO_APPROVE: 'true' } });
    expect(asked).toMatchObject([{ autoApproves: true }]);
    expect(errors).toContain(`! it waits for approval as any other: ${why}\n`);
  });

  it('does not say that it waits for approval where the gates may suffice', async () => {
    const { session } = succeeding();
    const data = { why: 'root is not among them' };
    const actor = { id: 'ana', verified: false, roles: [], via: 'cli' as const };
    const event = {
      seq: 2,
      at: afterStart(0),
      type: 'auto-approval-declined',
      actor,
      data,
      previousHash: '',
      hash: '',
    };
    const service = {
      ...session.service,
      events: () => Promise.resolve([event]),
      view: async (...asked: Parameters<typeof session.service.view>) => {
        const view = await session.service.view(...asked);
        const approvalRule = { isAutomaticWhenGatesPass: true, samePersonMayFillStages: false };
        const definition = { ...view.promotion.definition, approvalRule };
        return { ...view, promotion: { ...view.promotion, definition } };
      },
    };
    const { errors } = await record(['run', '--auto-approve'], { session: { ...session, service } });
    expect(errors).toContain(
      '! nobody is asked when every gate passes; if not, it waits for approval as any other: root is not among them\n',
    );
  });
});

describe('promote run in a work tree', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'promote-run-tree-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('looks at the work tree it is typed in, warns of what is not committed, and records only what the release was made from', async () => {
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b.c', ...words], {
        encoding: 'utf8',
      });
    git('init', '--quiet', '--initial-branch=main');
    git('commit', '--quiet', '--allow-empty', '--message', 'first');
    const head = git('rev-parse', 'HEAD').trim();
    const promoting = async (commit: string | undefined, ...more: readonly string[]) => {
      const { session } = succeeding();
      const recorded: unknown[] = [];
      const release = sampleRelease();
      const source = commit === undefined ? {} : { source: { repository: folder, commit, authors: [] } };
      session.service.release = () =>
        Promise.resolve({
          release: { ...release, content: { ...release.content, ...source } },
          evidence: [],
          runsIn: [],
        });
      session.service.addEvidence = (_actor, { commit: of, format }) => {
        recorded.push([format, of]);
        return Promise.resolve({ release, format: 'source', isKnown: false, evidence: [] });
      };
      const { exitCode, errors } = await record(['run', `--work-tree=${folder}`, ...more], { session });
      expect(exitCode).toBe(0);
      return { errors, recorded };
    };
    expect(await promoting(head)).toEqual({ errors: '', recorded: [['source', head]] });
    expect(await promoting(head, '--dry-run')).toEqual({ errors: '', recorded: [] });
    await writeFile(join(folder, 'new.ts'), '');
    expect(await promoting(head)).toEqual({
      errors: `! there are uncommitted changes in ${folder}\n`,
      recorded: [['source', head]],
    });
    const other = await promoting('f'.repeat(40));
    expect(other.recorded).toEqual([]);
    expect(other.errors).toContain(`the work tree is at ${head.slice(0, 10)}, and v2 was made from ffffffffff`);
    const unsaid = await promoting(undefined);
    expect(unsaid.recorded).toEqual([]);
    expect(unsaid.errors).toContain('v2 does not say which commit it was made from');
    await rm(join(folder, '.git'), { recursive: true });
    const none = await promoting(head);
    expect(none.recorded).toEqual([]);
    expect(none.errors).toContain('is no git work tree');
  });
});
