import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';

export type Freeze = components['schemas']['Freeze'];
export type RoleBinding = components['schemas']['RoleBinding'];
export type Waiver = components['schemas']['Waiver'];

export const freezesQuery = queryOptions({
  queryKey: ['freezes'],
  queryFn: ({ signal }) => answer(api.GET('/api/freezes', { signal })),
});

export const waiversQuery = queryOptions({
  queryKey: ['waivers'],
  queryFn: ({ signal }) => answer(api.GET('/api/waivers', { signal })),
});

export const badReleasesQuery = queryOptions({
  queryKey: ['bad-releases'],
  queryFn: ({ signal }) => answer(api.GET('/api/bad-releases', { signal })),
});
