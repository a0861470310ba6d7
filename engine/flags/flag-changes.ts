import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { Flag } from './flag-store.ts';

/** A flag in an environment in one line. */
export function flagText({ isEnabled, percentage, defaultEnabled, description }: Flag): string {
  const state = !isEnabled ? 'off' : percentage === 100 ? 'on' : `on for ${String(percentage)} %`;
  const standard = `by default ${defaultEnabled ? 'on' : 'off'}`;
  return [state, standard, ...(description === '' ? [] : [description])].join(', ');
}

/** Flags by key, each in one line. */
export type FlagTexts = Readonly<Record<string, string>>;

export function flagTexts(flags: readonly Flag[], keys: readonly string[]): FlagTexts {
  return Object.fromEntries(flags.filter(({ key }) => keys.includes(key)).map((flag) => [flag.key, flagText(flag)]));
}

/** What differs between two states of the same flags. */
export function flagChanges(before: FlagTexts, after: FlagTexts): readonly ChangeEntry[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return keys
    .map((key): ChangeEntry => ({ kind: 'flag', subject: key, before: before[key], after: after[key] }))
    .filter((entry) => entry.before !== entry.after);
}
