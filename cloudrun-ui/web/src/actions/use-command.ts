import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { CommandKeys } from '../api/command-keys.ts';
import { useLive } from '../api/live/live-context.ts';

/**
 * Has something done once, however often the button is pressed or the connection breaks: the key of a wish stays the same
 * until it is answered. Whatever is shown is looked at again afterwards.
 * @param run with all that is asked for in the wish, since what differs elsewhere has the same key.
 */
export function useCommand<Wish, Answer>(run: (wish: Wish, key: string) => Promise<Answer>) {
  const live = useLive();
  const [keys] = useState(() => new CommandKeys());
  return useMutation({
    mutationFn: (wish: Wish) => keys.once(wish, run),
    onSettled: async (_answer, error, wish) => {
      // What did not reach the server may have been done: the same key finds out.
      if (error === null || error.name === 'ApiError') keys.answered(wish);
      await live.refresh();
    },
  });
}
