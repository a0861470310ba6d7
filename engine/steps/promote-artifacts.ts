import { z } from 'zod';
import { imageTag, namesVersion, sourceTag } from '../artifacts/image-tag.ts';
import { promotionAnnotations, promotionIdAnnotation, promotionRecordType } from '../artifacts/promotion-record.ts';
import type { JsonObject } from '../json.ts';
import type { ReleaseContent } from '../release.ts';
import { ranThereBefore } from '../workflow/ran-there-before.ts';
import { defineStep, type StepContext } from '../workflow/step-definition.ts';
import { formatBytes } from '../wording/format-bytes.ts';
import { counted } from '../wording/counted.ts';

const configSchema = z.object({ tagTemplate: z.string() });
type Context = StepContext<z.infer<typeof configSchema>>;
type Image = ReleaseContent['images'][number];

const versionLabel = 'org.opencontainers.image.version';
/** Which tag each image was given; left out by engines that did not say. */
const outputSchema = z.looseObject({ registry: z.array(z.looseObject({ service: z.string(), toTag: z.string() })) });

/**
 * Copies the release's images by digest with everything that belongs to them, writes the tag that people look for, and
 * records beside each image how it came there. The digest decides; a tag that points at it already is done.
 */
export const promoteArtifacts = defineStep({
  name: 'promote-artifacts',
  version: 2,
  oldestVersion: 1,
  phase: 'move',
  title: 'artifacts',
  isOptional: false,
  configSchema,
  async run(context) {
    const { promotion, release, ports, effect, log } = context;
    const { source, target } = promotion.definition;
    let copied = 0;
    const registry: JsonObject[] = [];
    for (const image of release.content.images) {
      const { service, digest } = image;
      const from = `${source.registry}/${image.image}`;
      const to = `${target.registry}/${image.image}`;
      const isThere = await ports.artifacts.has(to, digest, effect.signal);
      if (!isThere) copied += 1;
      const { copiedBytes } = await ports.artifacts.copy(from, to, digest, effect);
      const { tag, fromTag, version } = await nameOf(context, image);
      const current = await ports.artifacts.resolve(to, tag, effect.signal);
      if (current !== undefined && current !== digest) {
        throw new Error(`${to}:${tag} points at ${current}; tags never move. Give the release another name.`);
      }
      if (current === undefined) await ports.artifacts.tag(to, tag, digest, undefined, effect);
      const record = await recordOnce(context, to, image, { tag, version });
      log(`${to}:${tag} → ${digest} (${formatBytes(copiedBytes)} copied, recorded in ${record.slice(0, 19)})`);
      registry.push({ service, digest, from, fromTag: fromTag ?? null, to, toTag: tag, copiedBytes, record });
    }
    const total = release.content.images.length;
    return {
      kind: 'done',
      summary: `${counted(total, 'image')} by digest, ${String(total - copied)} there already`,
      output: { images: total, copied, registry },
    };
  },
  async compensate(context) {
    const { promotion, release, ports, queries, effect, log } = context;
    const { target } = promotion.definition;
    const deployed = await queries.deployedReleases(promotion.application, target.name);
    const takenBack = promotion.rollbackOf ?? promotion.id;
    const ranBefore = ranThereBefore(deployed, promotion);
    let kept = 0;
    const output = outputSchema.safeParse(promotion.steps.find(({ name }) => name === 'promote-artifacts')?.output);
    for (const image of release.content.images) {
      const { service, digest } = image;
      const repository = `${target.registry}/${image.image}`;
      // Before it is looked for: whoever was cut off has then set it, or never will.
      await ports.artifacts.fence(repository, effect);
      for (const record of await recordsOf(context, repository, digest, takenBack)) {
        await ports.artifacts.detach(repository, record, effect);
      }
      const written = output.data?.registry.find((each) => each.service === service)?.toTag;
      const tag = written ?? (await nameOf(context, image)).tag;
      const current = await ports.artifacts.resolve(repository, tag, effect.signal);
      if (current !== digest) continue;
      if (ranBefore) {
        kept += 1;
        continue;
      }
      await ports.artifacts.untag(repository, tag, digest, effect);
      log(`removed the tag ${repository}:${tag}`);
    }
    return { kind: 'done', summary: tagsText(release.name, kept), output: {} };
  },
});

/**
 * What an image is called at both ends.
 * @throws when the template names something that is not known of the image.
 */
async function nameOf(
  { promotion, release, config, ports, effect }: Context,
  { service, image, digest }: Image,
): Promise<{ readonly tag: string; readonly fromTag: string | undefined; readonly version: string | undefined }> {
  const { application, fromEnvironment, toEnvironment: environment, definition } = promotion;
  const from = `${definition.source.registry}/${image}`;
  const own = sourceTag(await ports.artifacts.tags(from, effect.signal), digest, release.name, fromEnvironment);
  const version = namesVersion(config.tagTemplate)
    ? (await ports.artifacts.inspect(from, digest, effect.signal)).labels[versionLabel]
    : undefined;
  const values = { application, environment, release: release.name, service, tag: own?.name, version };
  const tag = imageTag(config.tagTemplate, values);
  if (tag === undefined || tag === '') {
    throw new Error(
      `${service} cannot be tagged by the template ${config.tagTemplate}: ${from}@${digest} has no tag or no label ${versionLabel}`,
    );
  }
  return { tag, fromTag: own?.tag, version };
}

/** @returns the digest of the record, which is the one that an attempt before has left, if it came so far. */
async function recordOnce(
  context: Context,
  repository: string,
  image: Image,
  { tag, version }: { readonly tag: string; readonly version: string | undefined },
): Promise<string> {
  const { promotion, release, ports, clock, effect } = context;
  const [known] = await recordsOf(context, repository, image.digest, promotion.id);
  if (known !== undefined) return known;
  const from = `${promotion.definition.source.registry}/${image.image}`;
  const annotations = promotionAnnotations(
    promotion,
    release,
    { service: image.service, from, tag, version },
    clock.now(),
  );
  const artifact = { artifactType: promotionRecordType, annotations };
  return ports.artifacts.attach(repository, image.digest, artifact, effect);
}

/** What a promotion has recorded beside an image. */
async function recordsOf(
  { ports, effect }: Context,
  repository: string,
  digest: string,
  promotionId: string,
): Promise<readonly string[]> {
  if (!(await ports.artifacts.has(repository, digest, effect.signal))) return [];
  const records = await ports.artifacts.referrers(repository, digest, promotionRecordType, effect.signal);
  return records
    .filter(({ annotations }) => annotations[promotionIdAnnotation] === promotionId)
    .map((record) => record.digest);
}

function tagsText(release: string, kept: number): string {
  const stay = 'images stay, addressed by digest';
  if (kept === 0) return `no tag of ${release} is left there; ${stay}`;
  return `${String(kept)} ${kept === 1 ? 'tag' : 'tags'} of ${release} left, since it ran there before; ${stay}`;
}
