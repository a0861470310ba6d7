import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { examineFlags } from '../../../cli/compose/examine-flags.ts';
import { FileFlagStore } from '../../../engine/flags/file-flag-store.ts';
import type { EnvironmentState } from '../../../engine/store/service-store.ts';
import { samplePromotion, sampleRelease, sampleStep } from '../../../scripts/sample-promotion.ts';
import { doctorWorld, findingsOf, stateOf } from './doctor-fixture.ts';

let home: string;
let flags: FileFlagStore;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'doctor-'));
  flags = new FileFlagStore(join(home, 'flags'));
});
afterEach(() => rm(home, { recursive: true }));

const flag = { key: 'checkout', description: 'the new one', defaultEnabled: false };
const content = { ...sampleRelease().content, flags: [flag] };

function examined(changes: Partial<EnvironmentState> = {}) {
  const running = [stateOf('staging', { release: sampleRelease({ content }), ...changes })];
  return findingsOf(examineFlags(doctorWorld({ home, running, ports: { flags } })));
}

describe('flags, as doctor sees them', () => {
  it('are well when the environment has those of its release', async () => {
    const effect = { key: 'setup', fence: 1, signal: new AbortController().signal };
    await flags.write('staging', [{ ...flag, isEnabled: true, percentage: 100 }], 'none', effect);
    expect(await examined()).toEqual([{ subject: 'flags · staging', level: 'ok', detail: 'has the flag of v2' }]);
  });

  it('that somebody switched since are told with what they were and are', async () => {
    const effect = { key: 'setup', fence: 1, signal: new AbortController().signal };
    await flags.write('staging', [{ ...flag, isEnabled: true, percentage: 100 }], 'none', effect);
    const left = (text: string) =>
      samplePromotion({
        steps: [sampleStep('promote-flags', { status: 'done', output: { after: { checkout: text } } })],
      });
    const seen = async (text: string) => {
      const running = [stateOf('staging', { release: sampleRelease({ content }) })];
      const store = { load: () => Promise.resolve(left(text)) };
      return findingsOf(examineFlags(doctorWorld({ home, running, store, ports: { flags } })));
    };
    expect(await seen('off, by default off, the new one')).toMatchObject([
      {
        level: 'warn',
        detail:
          'somebody changed what pr-7f3a left there: checkout (off, by default off, the new one → on, by default off, the new one)',
      },
    ]);
    expect(await seen('on, by default off, the new one')).toMatchObject([{ level: 'ok' }]);
  });

  it('whose folder has gone are named, with how to bring them again', async () => {
    expect(await examined()).toMatchObject([
      {
        level: 'fail',
        detail: 'lost what v2 brought: checkout',
        remedy: expect.stringContaining('promote run shop --release v2 --to staging --again'),
      },
    ]);
  });

  it('whose file cannot be read say so', async () => {
    await mkdir(join(home, 'flags', 'staging'), { recursive: true });
    await writeFile(join(home, 'flags', 'staging', 'flags.json'), '{');
    expect(await examined()).toMatchObject([{ level: 'fail', detail: expect.stringContaining('cannot be read') }]);
  });

  it('are not asked for where a release brings none', async () => {
    expect(await examined({ release: sampleRelease() })).toEqual([]);
  });

  it('are not asked for where no promotion brought the release: its own pipeline may bring none', async () => {
    expect(await examined({ promotionId: undefined })).toEqual([]);
  });
});
