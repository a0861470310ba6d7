import path from 'node:path';
import type { ImageSource } from '../../engine/artifacts/write-image.ts';
import { readMigrations } from '../../engine/database/read-migrations.ts';
import type { EvidenceFact } from '../../engine/evidence/evidence.ts';
import { releaseContentSchema } from '../../engine/release.ts';
import type { ReleaseContent } from '../../engine/release.ts';
import { bundleService } from './bundle-service.ts';
import { readReleaseManifest } from './release-manifest.ts';
import { layOutSources, shopReleases } from './release-sources.ts';
import type { ReleaseSources, ShopRelease } from './release-sources.ts';
import { collectTestFacts } from './release-tests.ts';

export const shopServices = ['catalogue', 'orders', 'web'] as const;
export type ShopService = (typeof shopServices)[number];

export type WriteImage = (source: ImageSource) => Promise<{ readonly digest: string }>;

export interface BuildReleaseOptions {
  readonly release: ShopRelease;
  /** The folder of all registries, and the one in it that images are written to: `registries/dev`. */
  readonly registryRoot: string;
  readonly registry: string;
  readonly writeImage: WriteImage;
  /** Where the sources are kept and who wrote them; becomes part of the content. Default: none. */
  readonly source?: ReleaseContent['source'];
}

export interface BuiltRelease {
  readonly content: ReleaseContent;
  /** What the release's own tests showed, measured now. */
  readonly facts: readonly EvidenceFact[];
  readonly failures: readonly string[];
}

/**
 * Additive migrations of later releases that a release must bear: its SQL names every column, so it reads and writes
 * the same while columns, indexes and tables are only added.
 */
const toleratedLaterMigrations = 2;

/**
 * Builds a release of the sample application: bundles, images, migrations and the facts of its tests. Equal sources
 * yield equal content, and a service that did not change keeps its digest.
 * @throws when something cannot be built or the tests cannot be run; a test that fails is a fact.
 */
export async function buildRelease(options: BuildReleaseOptions): Promise<BuiltRelease> {
  const sources = await layOutSources(options.release);
  try {
    const [images, manifest, migrations, tests] = await Promise.all([
      Promise.all(shopServices.map((service) => buildImage(service, sources, options))),
      readReleaseManifest(path.join(sources.directory, 'release.json')),
      readMigrations(path.join(sources.directory, 'migrations')),
      collectTestFacts(sources.directory),
    ]);
    const newest = Math.max(0, ...migrations.map(({ version }) => version));
    const content = releaseContentSchema.parse({
      images,
      configuration: manifest.configuration,
      database: {
        schemaRange: { min: manifest.minimumSchemaVersion, max: newest + toleratedLaterMigrations },
        migrations,
      },
      flags: manifest.flags,
      ...(options.source === undefined ? {} : { source: options.source }),
    });
    return { content, ...tests };
  } finally {
    await sources.remove();
  }
}

async function buildImage(
  service: ShopService,
  { directory, originOf }: ReleaseSources,
  { release, registryRoot, registry, writeImage }: BuildReleaseOptions,
): Promise<ReleaseContent['images'][number]> {
  const { content, sources, sourceRevision } = await bundleService(directory, service);
  const image = `shop-${service}`;
  const origins = new Set(sources.map(originOf));
  const { digest } = await writeImage({
    registryRoot,
    repository: `${registry}/${image}`,
    files: [{ path: 'app/server.mjs', content }],
    entrypoint: ['node', '/app/server.mjs'],
    labels: {
      'org.opencontainers.image.title': image,
      // The release that changed it last, not this one: labels are part of the digest.
      'org.opencontainers.image.version': shopReleases.findLast((name) => origins.has(name)) ?? release,
      'org.opencontainers.image.revision': sourceRevision,
      'org.opencontainers.image.source': `examples/shop/services/${service}`,
    },
    tag: release,
  });
  return { service, image, digest };
}
