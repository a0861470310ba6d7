import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnpackedContainerRunner } from '../../../engine/actions/container-runner.ts';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { unpackImage } from '../../../engine/artifacts/unpack-image.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { ofKind, requestFor, secrets } from './action-requests.ts';

let folder: string;
let digest: string;
let runner: UnpackedContainerRunner;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'containers-'));
  const code =
    'console.log([process.argv.slice(2).join(" "), process.env.TOOL, process.env.TO_ENV, process.env.PATH].join("|"))';
  ({ digest } = await writeImage({
    registryRoot: folder,
    repository: 'tools/smoke',
    files: [{ path: 'app/smoke.js', content: code }],
    entrypoint: ['node', '/app/smoke.js'],
    command: ['everything'],
    environment: { TOOL: 'smoke', PATH: '/usr/local/bin' },
    tag: 'v1',
  }));
  runner = new UnpackedContainerRunner({
    artifacts: new OciLayoutRegistry(folder),
    unpackImage: (request) => unpackImage({ ...request, registryRoot: folder }),
    imagesFolder: join(folder, 'images'),
    secrets,
  });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function run(action: object) {
  const { request, lines } = requestFor({ kind: 'container', ...action });
  return { outcome: await runner.run(ofKind(request, 'container'), request), lines };
}

describe('a container of the rules, in local mode', () => {
  it('runs what its image holds, and says by digest which that was', async () => {
    const { outcome, lines } = await run({ image: 'tools/smoke:v1' });
    expect(outcome.kind).toBe('succeeded');
    expect(lines).toEqual([`tools/smoke@${digest}`, 'everything|smoke|staging|']);
  });

  it('takes its arguments in place of the image’s command', async () => {
    const { lines } = await run({ image: `tools/smoke@${digest}`, arguments: ['--only', 'web'] });
    expect(lines.at(-1)).toBe('--only web|smoke|staging|');
  });

  it.each([
    ['tools/smoke:v2', 'has no tag v2'],
    ['tools/smoke', 'has no tag latest'],
    ['tools/smoke@sha256:12', 'names no image'],
    ['../../etc:x', 'is not a repository name'],
  ])('is not %s', async (image, message) => {
    await expect(run({ image })).rejects.toThrow(message);
  });
});
