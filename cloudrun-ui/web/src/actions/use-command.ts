import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { newIdempotencyKey } from '../api/client.ts';
import { useLive } from '../api/live/live-context.ts';

/**
 * Has something done once, however often the button is pressed or the connection breaks: the key stays the same until it
 * is answered. Whatever is shown is looked at again afterwards.
 */
export function useCommand<Wish, Answer>(run: (wish: Wish, key: string) => Promise<Answer>) {
  const live = useLive();
  const key = useRef<string | undefined>(undefined);
  return useMutation({
    mutationFn: (wish: Wish) => run(wish, (key.current ??= newIdempotencyKey())),
    onSettled: async (_answer, error) => {
      // What did not reach the server may have been done: the same key finds out.
      if (error === null || error.name === 'ApiError') key.current = undefined;
      await live.refresh();
    },
  });
}
