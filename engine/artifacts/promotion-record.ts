import type { PromotionRecord } from '../workflow/promotion.ts';
import type { Release } from '../release.ts';

/** The kind of artifact that says of an image how it came into a registry. */
export const promotionRecordType = 'application/vnd.promotion-process.promotion.v1';

const prefix = 'io.promotion-process.';
export const promotionIdAnnotation = `${prefix}promotion`;

/** What is recorded beside an image about its promotion, without touching the image: as annotations of a referrer. */
export function promotionAnnotations(
  promotion: Pick<PromotionRecord, 'id' | 'application' | 'fromEnvironment' | 'toEnvironment' | 'requestedBy'>,
  release: Release,
  image: {
    readonly service: string;
    readonly from: string;
    readonly tag: string;
    readonly version: string | undefined;
  },
  at: Date,
): Readonly<Record<string, string>> {
  const { source } = release.content;
  const said: Readonly<Record<string, string | undefined>> = {
    [promotionIdAnnotation]: promotion.id,
    [`${prefix}application`]: promotion.application,
    [`${prefix}service`]: image.service,
    [`${prefix}release`]: release.name,
    [`${prefix}release-digest`]: release.digest,
    [`${prefix}from`]: promotion.fromEnvironment,
    [`${prefix}from-repository`]: image.from,
    [`${prefix}to`]: promotion.toEnvironment,
    [`${prefix}tag`]: image.tag,
    [`${prefix}requested-by`]: promotion.requestedBy.id,
    'org.opencontainers.image.created': at.toISOString(),
    'org.opencontainers.image.version': image.version ?? release.name,
    'org.opencontainers.image.revision': source?.commit,
    'org.opencontainers.image.source': source?.repository,
  };
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
