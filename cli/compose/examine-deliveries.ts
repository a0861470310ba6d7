import type { DoctorFinding } from '../session.ts';
import type { DoctorWorld } from './doctor-world.ts';

/** Whether those who have to be told are told: the channels that the rules name, and whether they take what is sent. */
export async function* examineDeliveries({ rules, store }: DoctorWorld): AsyncIterable<DoctorFinding> {
  const subject = 'notifications';
  const { enabled, channels, routes } = rules.notifications;
  const needsPeople = rules.paths.some(({ approvals }) => approvals.stages.length > 0);
  const hearing =
    routes.length === 0 ? channels : channels.filter(({ name }) => routes.some((route) => tellsApprovers(route, name)));
  if (!enabled || hearing.length === 0) {
    const why = enabled ? 'no channel of the rules hears of approvals that are needed' : 'the rules switch them off';
    if (needsPeople) {
      yield {
        subject,
        level: 'warn',
        detail: `${why}, so approvers learn of it by looking only`,
        remedy: 'name a channel, and a route with the event approval-required, in notifications of the rules',
      };
    }
  }
  const failing = await store.deliveries.failing();
  for (const { channel, count, error, since } of failing) {
    yield {
      subject: `${subject} · ${channel}`,
      level: 'fail',
      detail: `${String(count)} ${count === 1 ? 'message was' : 'messages were'} not taken since ${since.toISOString()}: ${error}`,
      remedy: `see that the address of ${channel} in the rules is right and answers; what is not given up is sent again by itself`,
    };
  }
  if (failing.length === 0 && hearing.length > 0) {
    yield { subject, level: 'ok', detail: `${hearing.map(({ name }) => name).join(', ')} took everything` };
  }
}

function tellsApprovers(
  { channels, events }: DoctorWorld['rules']['notifications']['routes'][number],
  channel: string,
): boolean {
  return channels.includes(channel) && events.includes('approval-required');
}
