import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';

export type Pipeline = components['schemas']['Pipeline'];
export type PipelinePath = components['schemas']['PipelinePath'];

export const pipelineQuery = (application: string) =>
  queryOptions({
    queryKey: ['pipeline', application],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/applications/{application}/pipeline', { signal, params: { path: { application } } })),
    meta: { changesWith: { kind: 'application', application } },
  });
