import type { ReleaseContent } from '../release.ts';
import { setYamlValues, type YamlEdit, type YamlScalar } from './edit-yaml.ts';

/** What of a release goes into an environment's values. */
export interface RenderedRelease {
  /** What people call it: `v2`. */
  readonly name: string;
  readonly images: ReleaseContent['images'];
  readonly configuration: ReleaseContent['configuration'];
}

/**
 * Writes a release into an environment's values: its name at `release`, each image's digest at `images.<service>`, and
 * the values that travel with the release at their dotted paths. Everything else, the comments included, stays.
 * @throws TypeError when the release's own values claim a place that belongs to its name or images.
 * @throws YamlEditError when the values cannot take one of them.
 */
export function renderConfiguration(values: string, release: RenderedRelease): YamlEdit {
  const { images, configuration } = release;
  const changes = new Map<string, YamlScalar>([['release', release.name]]);
  for (const { service, digest } of images) {
    changes.set(`images.${service}`, digest);
  }
  for (const [path, value] of Object.entries(configuration)) {
    if (/^(?:release|images)(?:\.|$)/.test(path)) {
      throw new TypeError(`Release ${release.name} sets ${path}, which its name and images decide; leave it out`);
    }
    changes.set(path, value);
  }
  return setYamlValues(values, Object.fromEntries(changes));
}
