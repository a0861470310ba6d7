import { problemKinds, problemSchema, type ProblemKind } from './problem.ts';

/** What any question may be answered with instead. */
export const queryProblems: readonly ProblemKind[] = [
  'invalid-request',
  'not-signed-in',
  'not-authorized',
  'not-found',
  'refused',
  'misdirected',
  'unclear',
  'too-many-requests',
  'internal',
  'unavailable',
];

/** Problems as the document tells them: one response for each status. */
export function problemResponses(kinds: readonly ProblemKind[]) {
  const byStatus = Map.groupBy([...new Set(kinds)], (kind) => problemKinds[kind].status);
  return Object.fromEntries(
    [...byStatus].map(([status, alike]) => [
      status,
      {
        description: alike.map((kind) => problemKinds[kind].title).join(', or: '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
