import type { ChangeEntry } from '../workflow/environment-record.ts';
import { redactSecrets } from '../workflow/errors/redact-secrets.ts';
import type { YamlChange } from './edit-yaml.ts';
import { parseYamlText, valueOf } from './yaml-document.ts';

const masked = '***';
/** A masked value that is another one than before; whether it was known before nobody needs to see. */
const maskedAnew = '*** (changed)';

const secretName =
  /(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|(?:api|access|private|signing|encryption)[_-]?key)s?$/i;

/** Whether a setting goes by a name under which secrets are kept; its value is then shown to nobody. */
export function isSecretSetting(path: string): boolean {
  return path.split('.').some((part) => secretName.test(part));
}

/** The same changes, fit to be shown and stored. */
export function withMaskedValues(changes: readonly YamlChange[]): readonly YamlChange[] {
  return changes.map(({ path, before, after }) => {
    if (!isSecretSetting(path)) return { path, before: shownScalar(before), after: shownScalar(after) };
    return { path, before: before === undefined ? undefined : masked, after: maskedAnew };
  });
}

function shownScalar<Value>(value: Value): Value | string {
  return typeof value === 'string' ? redactSecrets(value) : value;
}

/**
 * What differs between two versions of an environment's values, setting by setting, secrets masked.
 * @param before undefined: there was no such file.
 * @throws YamlEditError when one of them is no YAML
 */
export function configurationChanges(before: string | undefined, after: string | undefined): readonly ChangeEntry[] {
  const [old, fresh] = [settingsIn(before), settingsIn(after)];
  const paths = [...new Set([...old.keys(), ...fresh.keys()])];
  return paths
    .filter((path) => old.get(path) !== fresh.get(path))
    .map((path) => {
      const isSecret = isSecretSetting(path);
      const shown = (value: string | undefined, mask: string): string | undefined =>
        value === undefined ? undefined : isSecret ? mask : redactSecrets(value);
      return {
        kind: 'configuration',
        subject: path,
        before: shown(old.get(path), masked),
        after: shown(fresh.get(path), maskedAnew),
      };
    });
}

/** A setting that two versions have alike. */
export interface SameSetting {
  readonly subject: string;
  readonly value: string;
}

/** What two versions of an environment's values have alike, secrets masked. @throws YamlEditError when one is no YAML */
export function sameSettings(before: string | undefined, after: string | undefined): readonly SameSetting[] {
  const [old, fresh] = [settingsIn(before), settingsIn(after)];
  return [...old]
    .filter(([path, value]) => fresh.get(path) === value)
    .map(([subject, value]) => ({ subject, value: isSecretSetting(subject) ? masked : redactSecrets(value) }));
}

/** Every setting by its dotted path; lists are walked by number. */
function settingsIn(text: string | undefined): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  if (text !== undefined) collect(valueOf(parseYamlText(text.replace(/^\uFEFF/, ''))), '', settings);
  return settings;
}

function collect(value: unknown, path: string, into: Map<string, string>): void {
  const entries: readonly (readonly [unknown, unknown])[] | undefined =
    value instanceof Map ? [...value] : Array.isArray(value) ? [...value.entries()] : undefined;
  if (entries === undefined || entries.length === 0) {
    if (path !== '') into.set(path, scalarText(value));
    return;
  }
  for (const [key, inner] of entries) {
    const name = String(key).replaceAll('.', '\\.');
    collect(inner, path === '' ? name : `${path}.${name}`, into);
  }
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Map) return '{}';
  // Of numbers, too: what JSON has no word for is told as null on both sides.
  return JSON.stringify(value);
}
