import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '../../../engine/json.ts';
import type { PromotionRecord, StepRecord } from '../../../engine/workflow/promotion.ts';
import { takeBackByHand } from '../../../engine/workflow/take-back-by-hand.ts';
import { sampleDefinition, samplePromotion, sampleStep } from './sample-promotion.ts';

const run = promisify(execFile);
const compensate = async () => ({ kind: 'done', summary: '', output: {} }) as const;

const steps = ['back-up', 'migrate-database', 'promote-artifacts', 'promote-flags', 'announce', 'deploy'].map((name) =>
  sampleStep({ name, phase: name === 'deploy' ? 'deploy' : 'move', ...(name === 'back-up' ? {} : { compensate }) }),
);

const outputs: Readonly<Record<string, JsonObject>> = {
  'back-up': {
    commit: '9c1e2f4',
    repository: 'https://git.example/shop/config.git',
    location: '/backups/pr-1/backup.json',
    databaseBackup: 'backup-1',
    desired: {
      release: 'v1',
      services: [
        { name: 'api', repository: 'registry.example/staging/api', digest: 'sha256:old-api' },
        { name: 'web', repository: 'registry.example/staging/web', digest: 'sha256:old-web' },
      ],
    },
  },
  'migrate-database': { applied: [4, 5] },
  'promote-artifacts': { registry: [{ service: 'api', to: 'registry.example/staging/api', toTag: 'v2' }] },
  'promote-flags': { added: ['gifts'], changed: ['search'], switched: ['search', 'basket'] },
};

/** A promotion that failed in its deployment. */
function failed(kept: Readonly<Record<string, JsonObject>> = outputs): PromotionRecord {
  const base = sampleDefinition(steps);
  const definition = {
    ...base,
    target: {
      ...base.target,
      database: 'shop-staging',
      configuration: { repository: 'configuration', branch: 'env/staging', path: 'shop/staging/values.yaml' },
    },
    steps: base.steps.map((step) =>
      step.name === 'announce'
        ? {
            ...step,
            config: { compensation: { kind: 'command', command: ['./unannounce', 'shop'], timeoutSeconds: 60 } },
          }
        : step,
    ),
  };
  const promotion = samplePromotion(definition);
  return {
    ...promotion,
    steps: promotion.steps.map((step): StepRecord => {
      const output = kept[step.name];
      const attempted = { ...step, status: step.name === 'deploy' ? 'failed' : 'done', attempt: 1 } as const;
      return output === undefined ? attempted : { ...attempted, output };
    }),
  };
}

describe('taking a promotion back by hand', () => {
  it('is told step by step in the order in which it is safe, with address, branch, path, commit and digests', () => {
    expect(takeBackByHand(failed())).toEqual([
      '# by hand, in staging, in this order:',
      'git clone --branch env/staging https://git.example/shop/config.git take-back-pr-0000000001 && cd take-back-pr-0000000001',
      'git diff 9c1e2f4 -- shop/staging/values.yaml    # what goes; see whether somebody else has edited it since',
      'git checkout 9c1e2f4 -- shop/staging/values.yaml',
      "git commit -m 'Take back shop in staging (pr-0000000001)' && git push origin env/staging",
      '# deploy api: registry.example/staging/api@sha256:old-api    # v1',
      '# deploy web: registry.example/staging/web@sha256:old-web    # v1',
      'promote status shop --env staging    # what each service runs now',
      '# announce: run its undo, the command ./unannounce shop',
      '# flag gifts: remove it from staging',
      '# flag search: set it in staging as in /backups/pr-1/backup.json',
      '# flag basket: set it in staging as in /backups/pr-1/backup.json',
      '# image api: remove the tag registry.example/staging/api:v2 unless it was there before; the image stays',
      '# shop-staging: migrations 4, 5 may stay when the release before runs beside them; else run the down file of 5, then the down file of 4',
      '# shop-staging as it was before is the backup backup-1; putting it back discards what was written since',
    ]);
  });

  it('shows no password of an address, and takes the address of the rules where none was kept', () => {
    const text = (repository: string) =>
      takeBackByHand(failed({ ...outputs, 'back-up': { ...outputs['back-up'], repository } })).join('\n');
    expect(text('https://ci:hunter2@git.example/config.git')).toContain(' https://git.example/config.git ');
    expect(text('ssh://git@git.example/config.git')).toContain(' ssh://git@git.example/config.git ');
    const unsaid: JsonObject = { commit: '9c1e2f4', desired: null };
    const lines = takeBackByHand(failed({ 'back-up': unsaid })).join('\n');
    expect(lines).toContain('git clone --branch env/staging configuration ');
    expect(lines).toContain('# deploy: nothing ran in staging before; stop every service of shop there');
  });

  it('says what a step that was cut off may have left', () => {
    const lines = takeBackByHand(failed({ 'back-up': outputs['back-up'] ?? {} })).join('\n');
    expect(lines).toContain('# shop-staging: migrations may have run in part; the log of migrate-database tells');
    expect(lines).toContain('# flags of staging: set them as in /backups/pr-1/backup.json');
  });

  it('is nothing before anything was kept, since nothing was changed', () => {
    expect(takeBackByHand(failed({}))).toEqual([]);
  });

  it('works for git as it is pasted: the values are those from before, in a commit on top', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'by hand '));
    try {
      const [remote, tree] = [join(folder, 'it’s remote.git'), join(folder, 'tree')];
      const git = (...words: readonly string[]) =>
        run('git', ['-C', tree, '-c', 'user.name=ana', '-c', 'user.email=ana@shop.example', ...words]);
      await run('git', ['init', '--quiet', '--bare', remote]);
      await run('git', ['init', '--quiet', '--initial-branch=env/staging', tree]);
      const commits: string[] = [];
      for (const limit of ['5', '9']) {
        await writeFile(join(tree, 'values.yaml'), `limit: ${limit}\n`);
        await git('add', '.');
        await git('commit', '--quiet', '-m', `limit ${limit}`);
        commits.push((await git('rev-parse', 'HEAD')).stdout.trim());
      }
      await git('push', '--quiet', remote, 'env/staging');
      const kept = { ...outputs['back-up'], repository: remote, commit: commits[0] ?? '' };
      const record = failed({ ...outputs, 'back-up': kept });
      const { target } = record.definition;
      const configuration = { ...target.configuration, path: 'values.yaml' };
      const lines = takeBackByHand({
        ...record,
        definition: { ...record.definition, target: { ...target, configuration } },
      });
      const script = lines.filter((line) => line.startsWith('git ')).join('\n');
      const identity = { GIT_AUTHOR_NAME: 'ana', GIT_AUTHOR_EMAIL: 'ana@shop.example' };
      const committer = { GIT_COMMITTER_NAME: 'ana', GIT_COMMITTER_EMAIL: 'ana@shop.example' };
      await run('sh', ['-e', '-c', script], {
        cwd: folder,
        env: { ...process.env, ...identity, ...committer, GIT_PAGER: 'cat' },
      });
      await git('pull', '--quiet', remote, 'env/staging');
      expect(await readFile(join(tree, 'values.yaml'), 'utf8')).toBe('limit: 5\n');
      expect((await git('rev-list', '--count', 'HEAD')).stdout.trim()).toBe('3');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
