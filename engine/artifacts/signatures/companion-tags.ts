const companion = /^sha256-[0-9a-f]{64}(?:\.(?:sig|att|sbom))?$/;

/** The tag under which cosign keeps the signatures of a manifest. */
export function signatureTag(digest: string): string {
  return `${digest.replace(':', '-')}.sig`;
}

/** Every tag under which tools keep what belongs to a manifest: signatures, attestations, bills of materials. */
export function companionTags(digest: string): readonly string[] {
  const stem = digest.replace(':', '-');
  return [`${stem}.sig`, `${stem}.att`, `${stem}.sbom`];
}

/** Whether a tag names something that belongs to an image, and not an image. */
export function isCompanionTag(tag: string): boolean {
  return companion.test(tag);
}
