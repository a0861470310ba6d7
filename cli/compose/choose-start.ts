import type { LocalStartOptions } from '../command-context.ts';
import { UsageError } from '../usage-error.ts';
import type { LocalRecord } from './local-record.ts';

export type StartChoice =
  /** The sample's own rules, with a good and a bad promotion. */
  | { readonly kind: 'sample' }
  /** The environments of other rules. @property application undefined: the only one that they name. */
  | { readonly kind: 'rules'; readonly rulesFile: string; readonly application: string | undefined };

/**
 * What `local start` brings up: what was asked for, else what the folder ran last, else the sample.
 * A folder that other rules were started in is never taken for the sample's: its environments are not those.
 * @param rulesFile the file that was named, as an absolute path.
 * @param record what the folder ran last.
 * @throws UsageError for environments or an application of the sample, which has its own.
 */
export function chooseStart(
  rulesFile: string | undefined,
  { application, environments = [] }: Pick<LocalStartOptions, 'application' | 'environments'>,
  record: Pick<LocalRecord, 'rulesFile' | 'application'> | undefined,
  sampleRulesFile: string,
): StartChoice {
  if (rulesFile !== undefined) return { kind: 'rules', rulesFile, application };
  const isChosen = application !== undefined || environments.length > 0;
  if (record === undefined && isChosen) {
    throw new UsageError('--application and --env are about rules of your own: name them with --rules');
  }
  if (record === undefined || (record.rulesFile === sampleRulesFile && !isChosen)) return { kind: 'sample' };
  return { kind: 'rules', rulesFile: record.rulesFile, application: application ?? record.application };
}
