import type { Path, Rules } from '../rules/schema.ts';
import type { Schedule } from './schedule.ts';

/** What the rules say about when an application may take a path. */
export function scheduleOfPath(rules: Rules, path: Pick<Path, 'to' | 'windows'>, application: string): Schedule {
  const environment = rules.environments.find(({ name }) => name === path.to);
  const ofApplication = rules.applications.find(({ name }) => name === application)?.freezes ?? [];
  const concerns = ({ environments }: Rules['freezes'][number]): boolean =>
    environments.length === 0 || environments.includes(path.to);
  return {
    windows: path.windows,
    freezes: [
      ...rules.freezes.filter(concerns).map((freeze) => ({ ...freeze, origin: 'rules' as const })),
      ...(environment?.freezes ?? []).map((freeze) => ({ ...freeze, origin: 'environment' as const })),
      ...ofApplication.filter(concerns).map((freeze) => ({ ...freeze, origin: 'application' as const })),
    ],
    hold: environment?.hold,
  };
}
