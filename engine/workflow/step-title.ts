/** What people call the built-in steps; custom steps go by their names. */
const titles: ReadonlyMap<string, string> = new Map([
  ['initialize', 'initialize'],
  ['validate-conditions', 'conditions'],
  ['await-checklist', 'checklist'],
  ['await-approval', 'approval'],
  ['await-window', 'window'],
  ['confirm-window', 'window'],
  ['revalidate', 'gates'],
  ['validate-artifacts', 'images'],
  ['note-target', 'target'],
  ['back-up', 'back-up'],
  ['promote-configuration', 'configuration'],
  ['migrate-database', 'database'],
  ['promote-artifacts', 'artifacts'],
  ['promote-flags', 'flags'],
  ['deploy', 'deploy'],
  ['shift-canary', 'canary'],
  ['verify', 'verify'],
  ['stop-previous', 'stop-previous'],
  ['verify-rollback', 'verify'],
  ['await-undo-window', 'undo-window'],
  ['validate-contract', 'contract-check'],
  ['contract-database', 'contract'],
  ['verify-contract', 'verify'],
  ['report', 'report'],
  ['notify', 'notify'],
]);

/** The word for a step that people read everywhere: on a terminal, in a report, in the audit trail. */
export function stepTitle(step: string): string {
  return titles.get(step) ?? step;
}

/** The steps that are meant by a name or a title, as people type it for `--step`. */
export function stepsCalled(word: string): readonly string[] {
  const named = [...titles].filter(([name, title]) => name === word || title === word).map(([name]) => name);
  return named.length === 0 ? [word] : named;
}
