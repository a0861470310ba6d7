import { channelsThatWait } from '../notifications/channels-that-wait.ts';
import type { SettingPath } from './problem.ts';
import type { Path, Rules } from './schema.ts';

/** One thing that rules demand and this version cannot carry out: where it is said, and its name. */
export interface UnsupportedRequirement {
  readonly at: SettingPath;
  readonly name: string;
}

/** What the rules demand of a path and this engine cannot carry out: such a promotion is refused, never run without it. */
export function unsupportedRequirements(rules: Rules, path: Path): readonly UnsupportedRequirement[] {
  const unsupported: UnsupportedRequirement[] = [];
  const atPath = ['paths', rules.paths.findIndex(({ from, to }) => from === path.from && to === path.to)];
  const environments = rules.environments.map((environment, index) => ({ environment, at: ['environments', index] }));
  if (path.database.rowMoves.length > 0) {
    unsupported.push({ at: [...atPath, 'database', 'rowMoves'], name: 'database.rowMoves' });
  }
  for (const { environment, at } of environments.filter((each) => each.environment.name === path.to)) {
    const { kind } = environment.targets.deployment;
    if (kind === 'local') continue;
    unsupported.push({ at: [...at, 'targets', 'deployment', 'kind'], name: `deployment kind ${kind}` });
  }
  for (const { environment, at } of environments) {
    const { name, targets } = environment;
    const { kind } = targets.metrics;
    if ((name !== path.from && name !== path.to) || kind === 'probe') continue;
    unsupported.push({ at: [...at, 'targets', 'metrics', 'kind'], name: `metrics kind ${kind} of ${name}` });
  }
  if (path.gates.signature !== undefined && path.gates.signature !== false && path.gates.signature.keyless) {
    const name = "signature.keyless, which needs Sigstore's services";
    unsupported.push({ at: [...atPath, 'gates', 'signature', 'keyless'], name });
  }
  for (const kind of ['backups', 'reports', 'auditArchive'] as const) {
    const place = rules.locations[kind];
    if (place?.includes('://') !== true) continue;
    unsupported.push({ at: ['locations', kind], name: `locations.${kind} ${place}` });
  }
  if (!rules.collect.audit) {
    const why = 'approvals and verification stand on the audit trail, which is always kept';
    unsupported.push({ at: ['collect', 'audit'], name: `collect.audit: false, because ${why}` });
  }
  if (rules.locations.logs !== undefined) {
    const name = `locations.logs ${rules.locations.logs}, because logs stay in the installation’s database`;
    unsupported.push({ at: ['locations', 'logs'], name });
  }
  const channels = channelsThatWait(rules.notifications);
  unsupported.push(...channels.map((name) => ({ at: ['notifications', 'channels'], name })));
  return unsupported;
}
