import { z } from 'zod';
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
    for (const { service, image, digest } of release.content.images) {
      const from = `${source.registry}/${image}`;
      const to = `${target.registry}/${image}`;
      const isThere = await ports.artifacts.has(to, digest, effect.signal);
      if (!isThere) copied += 1;
      const { copiedBytes } = await ports.artifacts.copy(from, to, digest, effect);
      const tag = imageTag(config.tagTemplate, promotion, release.name, service);
      const current = await ports.artifacts.resolve(to, tag, effect.signal);
      if (current !== undefined && current !== digest) {
        throw new Error(`${to}:${tag} points at ${current}; tags never move. Give the release another name.`);
      }
      if (current === undefined) await ports.artifacts.tag(to, tag, digest, undefined, effect);
      log(`${to}:${tag} → ${digest} (${String(copiedBytes)} bytes copied)`);
    }
    const total = release.content.images.length;
    return {
      kind: 'done',
      summary: `${String(total)} images by digest, ${String(total - copied)} there already`,
      output: { images: total, copied },
    };
  },
  async compensate({ promotion, release, config, ports, queries, effect, log }) {
    const { target } = promotion.definition;
    const deployed = await queries.deployedReleases(promotion.application, target.name);
    const takenBack = promotion.rollbackOf ?? promotion.id;
    const ranBefore = deployed.some((each) => each.release.id === release.id && each.promotionId !== takenBack);
    for (const { service, image, digest } of release.content.images) {
      const repository = `${target.registry}/${image}`;
      const tag = imageTag(config.tagTemplate, promotion, release.name, service);
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

function imageTag(
  template: string,
  promotion: { readonly application: string; readonly toEnvironment: string },
  release: string,
  service: string,
): string {
  const values: Readonly<Record<string, string>> = {
    '<env>': promotion.toEnvironment,
    '<app>': promotion.application,
    '<release>': release,
    '<service>': service,
  };
  return template.replaceAll(/<(?:env|app|release|service)>/g, (placeholder) => values[placeholder] ?? placeholder);
}
