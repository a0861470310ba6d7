import type { Client } from 'pg';
import type { StateAt } from '../../engine/promotion-service.ts';

interface Change {
  readonly at: number;
  readonly application: string;
  readonly environment: string;
  readonly key: string;
  readonly after: string | undefined;
}

/** Every change in memory, replayed from the beginning for each question: slow, and too simple to be wrong. */
export class GroundTruth {
  readonly #changes: readonly Change[];

  private constructor(changes: readonly Change[]) {
    this.#changes = changes;
  }

  static async read(client: Client): Promise<GroundTruth> {
    const { rows } = await client.query<{
      at: Date;
      application: string;
      environment: string;
      kind: string;
      subject: string;
      after: string | null;
    }>('select at, application, environment, kind, subject, after from change order by at, id');
    return new GroundTruth(
      rows.map(({ at, application, environment, kind, subject, after }) => ({
        at: at.getTime(),
        application,
        environment,
        key: JSON.stringify([application, environment, kind, subject]),
        after: after ?? undefined,
      })),
    );
  }

  /** What was not as it is now, as sorted sentences. */
  differencesAt(at: Date, scope: { readonly application?: string; readonly environment?: string }): readonly string[] {
    const then = new Map<string, string | undefined>();
    const present = new Map<string, string | undefined>();
    for (const change of this.#changes) {
      if (scope.application !== undefined && change.application !== scope.application) continue;
      if (scope.environment !== undefined && change.environment !== scope.environment) continue;
      if (change.at <= at.getTime()) then.set(change.key, change.after);
      present.set(change.key, change.after);
    }
    return [...present.keys()]
      .filter((key) => then.get(key) !== present.get(key))
      .map((key) => `${key}: ${then.get(key) ?? 'nothing'}, now ${present.get(key) ?? 'nothing'}`)
      .toSorted();
  }
}

/** An answer of the service in the same words. */
export function sentencesOf({ differences }: StateAt): readonly string[] {
  return differences
    .map(({ application, environment, kind, subject, then, now }) => {
      const key = JSON.stringify([application, environment, kind, subject]);
      return `${key}: ${then ?? 'nothing'}, now ${now ?? 'nothing'}`;
    })
    .toSorted();
}
