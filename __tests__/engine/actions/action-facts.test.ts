import { actionFacts } from '../../../engine/actions/action-facts.ts';
import { sampleRelease } from '../workflow/sample-promotion.ts';

it('an action is told of its promotion, the images by digest where they will be', () => {
  const digest = sampleRelease.content.images[0]?.digest ?? '';
  const release = {
    ...sampleRelease,
    content: { ...sampleRelease.content, images: [{ service: 'order-history', image: 'orders', digest }] },
  };
  expect(
    actionFacts({
      release,
      source: { name: 'dev' },
      target: { name: 'staging', registry: 'registries/staging' },
      promotionId: 'pr-1',
      key: 'pr-1:warm-cache',
      name: 'warm-cache',
      purpose: 'run',
      addresses: { 'order-history': 'http://127.0.0.1:20000' },
    }),
  ).toEqual({
    PROMOTION_ID: 'pr-1',
    PROMOTION_KEY: 'pr-1:warm-cache',
    PROMOTION_STEP: 'warm-cache',
    PROMOTION_PURPOSE: 'run',
    APPLICATION: 'shop',
    FROM_ENV: 'dev',
    TO_ENV: 'staging',
    RELEASE: 'v2',
    RELEASE_DIGEST: sampleRelease.digest,
    IMAGE_ORDER_HISTORY: `registries/staging/orders@${digest}`,
    SERVICE_URL_ORDER_HISTORY: 'http://127.0.0.1:20000',
  });
});
