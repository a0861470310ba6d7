import type { Adoption } from '../../engine/promotion-service.ts';

/** What was recorded as the baseline of an environment. */
export function adoptionJson({ environment, release, isNew, configurationCommit, schemaVersion }: Adoption) {
  return {
    application: release.application,
    environment,
    release: release.name,
    digest: release.digest,
    isNew,
    images: release.content.images,
    configurationCommit,
    schemaVersion: schemaVersion ?? null,
    flags: release.content.flags.map(({ key }) => key),
  };
}
