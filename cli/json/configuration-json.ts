import type { ConfigurationDiff, ConfigurationHistory } from '../../engine/promotion-service.ts';

type Changes = ConfigurationDiff['changes'];

const changesJson = (changes: Changes) =>
  changes.map(({ subject, before, after }) => ({ setting: subject, before: before ?? null, after: after ?? null }));

/** A history of values as `configuration history --json` shows it. */
export function configurationHistoryJson({ revisions, ...place }: ConfigurationHistory) {
  const { environment, repository, branch, path, isCut } = place;
  return {
    environment,
    repository,
    branch,
    path,
    isCut,
    revisions: revisions.map(({ commit, at, author, subject, promotionId, changes }) => ({
      commit,
      at,
      author,
      subject,
      promotion: promotionId ?? null,
      changes: changesJson(changes),
    })),
  };
}

export function configurationDiffJson({ from, to, changes }: ConfigurationDiff) {
  return { from, to, changes: changesJson(changes) };
}
