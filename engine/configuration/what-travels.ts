import type { Release } from '../release.ts';
import type { Definition } from '../workflow/definition.ts';
import { leavesOut } from '../workflow/left-out.ts';
import type { RenderedRelease } from './render-configuration.ts';

/**
 * What of a release a promotion writes into its target's values. Where the rules leave the configuration out, that is its
 * name and its images, which `deploy` moves; every other value stays the environment's own.
 */
export function whatTravels(
  definition: Pick<Definition, 'leftOut'>,
  { name, content: { images, configuration } }: Pick<Release, 'name' | 'content'>,
): RenderedRelease {
  return { name, images, configuration: leavesOut(definition, 'promote-configuration') ? {} : configuration };
}
