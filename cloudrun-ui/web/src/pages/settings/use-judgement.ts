import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';

/** What somebody says of a release, and why. */
export interface Judgement {
  readonly application: string;
  readonly release: string;
  readonly judgement: 'bad' | 'not-bad';
  readonly reason: string;
}

/** Marks releases bad, and takes that back. */
export function useJudgement() {
  return useCommand(({ application, release, judgement, reason }: Judgement, key: string) =>
    answer(
      api.POST('/api/applications/{application}/releases/{release}/judgement', {
        params: { path: { application, release }, header: { 'idempotency-key': key } },
        body: { judgement, reason },
      }),
    ),
  );
}
