import { useRouter } from '@tanstack/react-router';
import { useCallback, type MouseEvent } from 'react';
import { readHomeSearch } from './read-home-search.ts';

/**
 * Follows plain links without loading the page anew. A table with a thousand of them, of which each frame of a scroll shows
 * a hundred others, has no time for links that each know the whole router.
 */
export function usePlainLinks(): (event: MouseEvent) => void {
  const router = useRouter();
  return useCallback(
    (event) => {
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      const href = event.target instanceof Element ? event.target.closest('a')?.getAttribute('href') : undefined;
      if (!isPlain || event.defaultPrevented || typeof href !== 'string' || !href.startsWith('/')) return;
      event.preventDefault();
      const { pathname, searchParams } = new URL(href, window.location.origin);
      if (pathname !== '/') router.history.push(href);
      // What opens beside the table leaves it where it is.
      else
        void router.navigate({ to: '/', search: readHomeSearch(Object.fromEntries(searchParams)), resetScroll: false });
    },
    [router],
  );
}
