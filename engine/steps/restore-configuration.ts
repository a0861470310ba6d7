import { commitAuthor } from '../configuration/commit-author.ts';
import { configurationChanges } from '../configuration/configuration-changes.ts';
import { setYamlValues, type YamlScalar } from '../configuration/edit-yaml.ts';
import { renderConfiguration } from '../configuration/render-configuration.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { whatTravels } from '../configuration/what-travels.ts';
import { promotedConfiguration } from './promoted-configuration.ts';

export interface RestoredConfiguration {
  /** What to run with. */
  readonly commit: string;
  /** Whether the promotion had moved the branch, so that there was something to take back. */
  readonly wasMoved: boolean;
  /** What this made of the promoted values. */
  readonly changes: readonly ChangeEntry[];
}

/**
 * Takes the promotion's values back by a commit on top, never by moving the branch backward. What people have changed in
 * the file since stays.
 */
export async function restoreConfiguration(context: StepContext<unknown>): Promise<RestoredConfiguration> {
  const { promotion, release, ports, effect } = context;
  const { repository, branch, path } = promotion.definition.target.configuration;
  const configuration = ports.configuration(repository);
  await configuration.fence(branch, effect);
  const head = await configuration.head(branch, effect.signal);
  const promoted = await promotedConfiguration(context);
  const wasMoved =
    promoted.commit !== promoted.base && (await configuration.isAncestor(promoted.commit, head, effect.signal));
  if (!wasMoved) return { commit: head, wasMoved, changes: [] };
  const present = await configuration.read(head, path, effect.signal);
  const restored = restoredText(context, promoted.before, promoted.after, present);
  const changes = configurationChanges(promoted.after, promoted.before);
  if (restored === undefined || restored === present) return { commit: head, wasMoved, changes };
  const commit = await configuration.propose(
    branch,
    {
      // One ref for each head: a commit that was proposed on an older one must not be in the way.
      change: `${promotion.id}-undo-${head.slice(0, 12)}`,
      base: head,
      files: [{ path, content: restored }],
      message: `Take back ${promotion.application} ${release.name} in ${promotion.toEnvironment}\n\nPromotion: ${promotion.id}\n`,
      author: commitAuthor(promotion.createdAt),
    },
    effect,
  );
  await configuration.advance(branch, head, commit, effect);
  return { commit, wasMoved, changes };
}

/** Undefined: there is nothing to restore. */
function restoredText(
  { promotion, release, log }: StepContext<unknown>,
  before: string | undefined,
  promoted: string | undefined,
  present: string | undefined,
): string | undefined {
  if (before === undefined || present === undefined || present === promoted) return before;
  if (present === before) return undefined;
  const { changed } = renderConfiguration(before, whatTravels(promotion.definition, release));
  const values = new Map<string, YamlScalar>();
  for (const { path, before: value, after } of changed) {
    const isAsPromoted = setYamlValues(present, { [path]: after }).changed.length === 0;
    if (!isAsPromoted) log(`${path} stays: it was edited since`);
    else if (value === undefined) log(`${path} stays: it is new with ${release.name}, and the file was edited since`);
    else values.set(path, value);
  }
  return setYamlValues(present, Object.fromEntries(values)).text;
}
