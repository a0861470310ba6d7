import type { Promotion } from '../../api/queries.ts';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';

/** For what something waits, since when, and until when at most. */
export function WaitingLine({ waiting }: { readonly waiting: NonNullable<Promotion['waiting']> }) {
  return (
    <>
      Waits: {waiting.detail}, since <When at={waiting.since} />
      {waiting.until !== null && (
        <>
          , <Countdown until={waiting.until} over="no time" /> left
        </>
      )}
    </>
  );
}
