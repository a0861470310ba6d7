import type { QueryClient } from '@tanstack/react-query';
import { api } from '../client.ts';
import type { Connection } from '../connection.ts';
import { KnownApplications } from './known-applications.ts';
import { LiveChanges } from './live-changes.ts';

/** Keeps what a client has asked for as the installation is. */
export function makeLiveChanges(client: QueryClient, connection: Connection): LiveChanges {
  const applications = new KnownApplications(async (promotion) => {
    const { data } = await api.GET('/api/promotions/{promotion}', { params: { path: { promotion } } });
    return data?.promotion.application;
  });
  return new LiveChanges({ client, connection, applications });
}
