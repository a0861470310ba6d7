import { z } from 'zod';
import { imageTag } from '../artifacts/image-tag.ts';
import type { JsonObject } from '../json.ts';
import { defineStep } from '../workflow/step-definition.ts';

/** Copies the release's images by digest and writes the tag that people look for beside them. */
export const promoteArtifacts = defineStep({
  name: 'promote-artifacts',
  version: 1,
  oldestVersion: 1,
  phase: 'move',
  title: 'artifacts',
  isOptional: false,
  configSchema: z.object({ tagTemplate: z.string() }),
  async run({ promotion, release, config, ports, effect, log }) {
    const { source, target } = promotion.definition;
    let copied = 0;
    const registry: JsonObject[] = [];
    for (const { service, image, digest } of release.content.images) {
      const from = `${source.registry}/${image}`;
      const to = `${target.registry}/${image}`;
      const isThere = await ports.artifacts.has(to, digest, effect.signal);
      if (!isThere) copied += 1;
      const { copiedBytes } = await ports.artifacts.copy(from, to, digest, effect);
      const tagIn = (environment: string): string =>
        imageTag(config.tagTemplate, {
          application: promotion.application,
          environment,
          release: release.name,
          service,
        });
      const tag = tagIn(promotion.toEnvironment);
      const current = await ports.artifacts.resolve(to, tag, effect.signal);
      if (current !== undefined && current !== digest) {
        throw new Error(`${to}:${tag} points at ${current}; tags never move. Give the release another name.`);
      }
      if (current === undefined) await ports.artifacts.tag(to, tag, digest, undefined, effect);
      log(`${to}:${tag} → ${digest} (${String(copiedBytes)} bytes copied)`);
      const named = tagIn(promotion.fromEnvironment);
      const isNamed = (await ports.artifacts.resolve(from, named, effect.signal)) === digest;
      registry.push({ service, digest, from, fromTag: isNamed ? named : null, to, toTag: tag, copiedBytes });
    }
    const total = release.content.images.length;
    return {
      kind: 'done',
      summary: `${String(total)} images by digest, ${String(total - copied)} there already`,
      output: { images: total, copied, registry },
    };
  },
  async compensate({ promotion, release, config, ports, queries, effect, log }) {
    const { application, toEnvironment: environment } = promotion;
    const { target } = promotion.definition;
    const deployed = await queries.deployedReleases(promotion.application, target.name);
    const takenBack = promotion.rollbackOf ?? promotion.id;
    const ranBefore = deployed.some((each) => each.release.id === release.id && each.promotionId !== takenBack);
    for (const { service, image, digest } of release.content.images) {
      const repository = `${target.registry}/${image}`;
      const tag = imageTag(config.tagTemplate, { application, environment, release: release.name, service });
      // Before it is looked for: whoever was cut off has then set it, or never will.
      await ports.artifacts.fence(repository, effect);
      const current = await ports.artifacts.resolve(repository, tag, effect.signal);
      if (current !== digest || ranBefore) continue;
      await ports.artifacts.untag(repository, tag, digest, effect);
      log(`removed the tag ${repository}:${tag}`);
    }
    return { kind: 'done', summary: 'tags removed; images stay, addressed by digest', output: {} };
  },
});
