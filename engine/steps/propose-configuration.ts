import { commitAuthor } from '../configuration/commit-author.ts';
import type { YamlChange } from '../configuration/edit-yaml.ts';
import { withMaskedValues } from '../configuration/configuration-changes.ts';
import { renderConfiguration } from '../configuration/render-configuration.ts';
import { ConfigurationInvalidError, configurationProblems } from '../configuration/validate-configuration.ts';
import { whatTravels } from '../configuration/what-travels.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { targetBefore } from './target-before.ts';

export interface ConfigurationProposal {
  /** What is proposed; the base itself when nothing changes. */
  readonly commit: string;
  readonly base: string;
  /** Fit to be shown. */
  readonly changed: readonly YamlChange[];
}

/**
 * Renders what travels with the release into the target's values and commits it on a ref of the promotion's own, where it
 * moves nothing yet. Proposed again, it is the same commit.
 * @throws ConfigurationInvalidError when the values are not what their schema allows.
 */
export async function proposeConfiguration(context: StepContext<unknown>): Promise<ConfigurationProposal> {
  const { promotion, release, ports, effect } = context;
  const { definition } = promotion;
  const { target } = definition;
  const { repository, branch, path } = target.configuration;
  const configuration = ports.configuration(repository);
  const { commit: base } = targetBefore(context);
  const before = await configuration.read(base, path, effect.signal);
  if (before === undefined) throw new Error(`${path} is missing on branch ${branch}`);
  const travelling = whatTravels(definition, release);
  const { text, changed } = renderConfiguration(before, travelling);
  // Seen when it was planned already; what is committed is judged by what was just rendered.
  const problems = await configurationProblems(
    configuration,
    target.configuration,
    base,
    text,
    travelling.configuration,
    effect.signal,
  );
  if (problems.length > 0) throw new ConfigurationInvalidError(problems);
  const shown = withMaskedValues(changed);
  if (text === before) return { commit: base, base, changed: shown };
  const commit = await configuration.propose(
    branch,
    {
      change: promotion.id,
      base,
      files: [{ path, content: text }],
      message: `Promote ${promotion.application} ${release.name} to ${promotion.toEnvironment}\n\nPromotion: ${promotion.id}\n`,
      author: commitAuthor(promotion.createdAt),
    },
    effect,
  );
  return { commit, base, changed: shown };
}

/** `feature.limit: 5 → 9`. */
export function describeValue({ path, before, after }: YamlChange): string {
  return `${path}: ${String(before ?? 'unset')} → ${String(after)}`;
}
