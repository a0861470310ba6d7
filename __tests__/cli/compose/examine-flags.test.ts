import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { examineFlags } from '../../../cli/compose/examine-flags.ts';
import { FileFlagStore } from '../../../engine/flags/file-flag-store.ts';
import type { EnvironmentState } from '../../../engine/store/service-store.ts';
import { sampleRelease } from '../../../scripts/sample-promotion.ts';
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
    expect(await examined()).toEqual([{ subject: 'flags · staging', level: 'ok', detail: 'has the 1 flags of v2' }]);
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
