import type { JsonObject } from '../json.ts';
import type { OutboxRow } from '../store/workflow-store.ts';
import { meaningOf } from './announcements.ts';
import type { Notification } from './notifier.ts';

/** A message of the outbox as whoever is told of it gets it. */
export function toNotification(row: OutboxRow): Notification {
  const data = row.body as JsonObject;
  const application = textOf(data, 'application');
  const environment = textOf(data, 'to');
  const meaning = meaningOf(row.type, data);
  return {
    eventId: row.eventId,
    type: row.type,
    event: meaning?.event,
    severity: meaning?.severity ?? 'info',
    at: row.createdAt,
    promotionId: row.promotionId,
    application,
    environment,
    subject: `${application === '*' ? 'every application' : application} → ${environment}: ${meaning?.words ?? row.type}`,
    data,
  };
}

function textOf(data: JsonObject, key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}
