import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { sampleRelease } from '../workflow/sample-promotion.ts';
import { evidence, judged, secondsAgo, verdict } from './gate-fixture.ts';

const [api, web] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
const release = {
  ...sampleRelease,
  content: {
    ...sampleRelease.content,
    images: [
      { service: 'api', image: 'api', digest: api },
      { service: 'web', image: 'web', digest: web },
    ],
  },
};
const signed = (digest: string, signer = 'release-key', isVerified = true): EvidenceFact => ({
  kind: 'signature',
  digest,
  signer,
  isVerified,
});
const anybody = { signers: [] };

describe('signature', () => {
  it('is asked of every image', async () => {
    expect(await verdict('signature', anybody, { release, evidence: [evidence(signed(api))] })).toBe('fail');
    const both = [evidence(signed(api)), evidence(signed(web))];
    expect(await judged('signature', anybody, { release, evidence: both })).toMatchObject({
      verdict: 'pass',
      detail: '2 images signed',
      evidence: both.map(({ id }) => id),
    });
  });

  it('must be by one of the signers that are named, if any are', async () => {
    const both = [evidence(signed(api, 'ci')), evidence(signed(web, 'release-key'))];
    expect(await verdict('signature', { signers: ['ci', 'release-key'] }, { release, evidence: both })).toBe('pass');
    expect(await judged('signature', { signers: ['release-key'] }, { release, evidence: both })).toMatchObject({
      verdict: 'fail',
      detail: 'no usable signature of api by release-key: there is none',
    });
  });

  it('that does not verify is a fail, never a missing one that would only warn', async () => {
    const both = [evidence(signed(api)), evidence(signed(web, 'release-key', false))];
    expect(await judged('signature', anybody, { release, evidence: both, onMissing: 'warn' })).toMatchObject({
      verdict: 'fail',
      detail: 'the signature of web by release-key is not valid',
    });
  });

  it('counts as it was verified last', async () => {
    const both = [
      evidence(signed(api)),
      evidence(signed(web), secondsAgo(60)),
      evidence(signed(web, 'release-key', false), secondsAgo(1)),
    ];
    expect(await verdict('signature', anybody, { release, evidence: both })).toBe('fail');
  });
});
