import { createContext, use } from 'react';
import type { LiveChanges } from './live-changes.ts';

export const LiveContext = createContext<LiveChanges | undefined>(undefined);

/** What keeps the page as the installation is. */
export function useLive(): LiveChanges {
  const live = use(LiveContext);
  if (live === undefined) throw new Error('nothing keeps this page as the installation is: LiveContext has no value');
  return live;
}
