import { jest } from '@jest/globals';
import { promotionRecordType } from '../../../engine/artifacts/promotion-record.ts';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(60_000);

const { signal } = new AbortController();
let bench: StepWorkbench;
let digest: string;

beforeEach(async () => {
  bench = await StepWorkbench.open();
  digest = bench.v2.content.images[0]?.digest ?? '';
  await bench.before('promote-artifacts');
});
afterEach(async () => {
  await bench.close();
});

const template = (tagTemplate: string): void => {
  bench.stepSettings = { 'promote-artifacts': { tagTemplate } };
};
const records = () => bench.ports.artifacts.referrers('staging/api', digest, promotionRecordType, signal);
const tagged = (tag: string) => bench.ports.artifacts.resolve('staging/api', tag, signal);
const tagSource = (tag: string) =>
  bench.ports.artifacts.tag('dev/api', tag, digest, undefined, bench.effect('build', 1));

describe('promoting artifacts', () => {
  it('records beside each image how it came there, and leaves the image itself as it was', async () => {
    const before = await bench.ports.artifacts.inspect('dev/api', digest, signal);
    const { output } = await bench.finish('promote-artifacts');
    const { digest: record } = (await records())[0] ?? { digest: '' };
    expect(output).toMatchObject({ registry: [{ service: 'api', digest, toTag: 'staging-v2', record }] });
    expect(await records()).toMatchObject([
      {
        annotations: {
          'io.promotion-process.promotion': bench.promotion.id,
          'io.promotion-process.from': 'dev',
          'io.promotion-process.from-repository': 'dev/api',
          'io.promotion-process.to': 'staging',
          'io.promotion-process.tag': 'staging-v2',
          'io.promotion-process.release': 'v2',
          'io.promotion-process.requested-by': bench.promotion.requestedBy.id,
          'org.opencontainers.image.created': bench.clock.now().toISOString(),
          'org.opencontainers.image.version': 'v2',
        },
      },
    ]);
    expect(await bench.ports.artifacts.inspect('staging/api', digest, signal)).toEqual(before);
  });

  it('records it once, whoever does it again and however much later', async () => {
    await bench.attempt('promote-artifacts');
    bench.clock.advance(3600);
    bench.takeOver();
    await bench.attempt('promote-artifacts');
    expect(await records()).toHaveLength(1);
  });

  it('takes the record and the tag away again with the promotion, and nothing else', async () => {
    await bench.finish('promote-artifacts');
    await bench.attempt('promote-artifacts', 'compensate');
    expect(await records()).toEqual([]);
    expect(await tagged('staging-v2')).toBeUndefined();
    expect(await bench.ports.artifacts.has('staging/api', digest, signal)).toBe(true);
  });

  it('names images by the tag that they had, as the paths of the guide do', async () => {
    await tagSource('1.4.2');
    await tagSource('dev-1.4.10');
    template('<target>-<tag>');
    expect((await bench.finish('promote-artifacts')).output).toMatchObject({
      registry: [{ fromTag: 'dev-1.4.10', toTag: 'staging-1.4.10' }],
    });
    expect(await tagged('staging-1.4.10')).toBe(digest);
    await bench.attempt('promote-artifacts', 'compensate');
    expect(await tagged('staging-1.4.10')).toBeUndefined();
  });

  it('is done where the tag points at the digest already, and refused where it points elsewhere', async () => {
    template('fixed');
    await bench.attempt('promote-artifacts');
    expect(await bench.attempt('promote-artifacts')).toMatchObject({ kind: 'done' });
    const old = bench.v1.content.images[0]?.digest ?? '';
    await bench.ports.artifacts.tag('staging/api', 'other', old, undefined, bench.effect('x'));
    template('other');
    await expect(bench.attempt('promote-artifacts')).rejects.toThrow('tags never move');
  });

  it('says which image cannot be named when the template asks for what nobody knows', async () => {
    template('<env>-<version>');
    await expect(bench.attempt('promote-artifacts')).rejects.toThrow(
      'api cannot be tagged by the template <env>-<version>',
    );
  });
});
