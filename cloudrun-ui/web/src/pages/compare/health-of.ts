import type { StatusKind } from '../../status/status.ts';
import { counted } from '../../text/counted.ts';
import type { Side } from './compare-query.ts';

/** How the services of an environment do, in a few words: the worst first. */
export function healthOf({ services, alerts }: Pick<Side, 'services' | 'alerts'>): {
  readonly kind: StatusKind;
  readonly words: string;
} {
  const alerted = alerts === null || alerts.length === 0 ? '' : `, ${counted(alerts.length, 'alert')} open`;
  const sick = services.filter(({ health }) => health === 'sick').map(({ service }) => service);
  if (sick.length > 0) return { kind: 'failed', words: `${sick.join(', ')} sick${alerted}` };
  const unknown = services.filter(({ health }) => health === 'unknown').map(({ service }) => service);
  if (unknown.length > 0) return { kind: 'waiting', words: `${unknown.join(', ')} not known${alerted}` };
  if (services.length === 0) return { kind: 'idle', words: 'nothing runs' };
  if (alerted !== '') return { kind: 'failed', words: `${counted(services.length, 'service')} healthy${alerted}` };
  return { kind: 'promoted', words: `${counted(services.length, 'service')} healthy` };
}
