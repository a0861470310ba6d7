/** Two chosen commits in the order in which they were made. @param revisions the newest first. */
export function olderFirst(
  chosen: readonly string[],
  revisions: readonly { readonly commit: string }[],
): readonly string[] {
  return revisions
    .map(({ commit }) => commit)
    .filter((commit) => chosen.includes(commit))
    .toReversed();
}
