import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigurationSchema } from '../../../engine/configuration/configuration-schema.ts';
import { renderConfiguration } from '../../../engine/configuration/render-configuration.ts';
import { readReleaseManifest } from '../../../examples/shop/release-manifest.ts';

const shop = path.resolve(import.meta.dirname, '../../../examples/shop');
const values = (environment: string): Promise<string> =>
  readFile(path.join(shop, 'configuration', environment, 'values.yaml'), 'utf8');
let schema: ConfigurationSchema;
beforeAll(async () => {
  schema = ConfigurationSchema.parse(
    await readFile(path.join(shop, 'configuration/values.schema.json'), 'utf8'),
    'values.schema.json',
  );
});

describe('the schema of the sample’s values', () => {
  it.each(['any', 'dev', 'staging'])(
    'allows the values of %s as they are, and with each release in them',
    async (name) => {
      const text = await values(name);
      expect(schema.problemsOf(text)).toEqual([]);
      for (const release of ['v1', 'v2']) {
        const { configuration } = await readReleaseManifest(path.join(shop, release, 'release.json'));
        const images = ['web', 'catalogue', 'orders'].map((service) => {
          return { service, image: `shop-${service}`, digest: `sha256:${'a'.repeat(64)}` };
        });
        const rendered = renderConfiguration(text, { name: release, images, configuration });
        expect(schema.problemsOf(rendered.text)).toEqual([]);
      }
    },
  );

  it.each([
    ['currency: EUR', 'currency: euros', 'settings.currency'],
    ['shippingMinor: 590', 'shippingMinor: -1', 'settings.shippingMinor'],
    ['shippingMinor: 590', 'shippingMinor: free', 'settings.shippingMinor'],
    ['maximumQuantity: 20', 'maximumQuantity: 0', 'settings.maximumQuantity'],
    ['maximumQuantity: 20', 'maximumQuantity: 20\n  maximumQuantitty: 5', 'settings.maximumQuantitty'],
    ['web: none', 'web: shop-web:latest', 'images.web'],
    ['release: none', 'releases: none', 'releases'],
  ])('refuses %s as %s, at its place', async (from, to, place) => {
    const text = await values('staging');
    expect(text).toContain(from);
    const problems = schema.problemsOf(text.replace(from, to));
    expect(problems.map((problem) => problem.path)).toContain(place);
  });
});
