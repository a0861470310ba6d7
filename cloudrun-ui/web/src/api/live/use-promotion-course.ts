import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { promotionQuery } from '../queries.ts';
import { useLive } from './live-context.ts';
import type { Course } from './promotion-course.ts';
import { PromotionFollower } from './promotion-follower.ts';
import { whileVisible } from './while-visible.ts';

/** Follows a promotion while the page is looked at. */
export function usePromotionCourse(id: string): Course {
  const live = useLive();
  const client = useQueryClient();
  const follower = useMemo(() => {
    let release: (() => void) | undefined;
    return new PromotionFollower(id, {
      onFollowing: () => (release = live.takeOver(id)),
      onLost: () => release?.(),
      onDeed: () => void client.invalidateQueries({ queryKey: promotionQuery(id).queryKey }),
    });
  }, [id, live, client]);
  useEffect(() => whileVisible(follower.start, follower.stop), [follower]);
  return useSyncExternalStore(follower.subscribe, follower.course);
}
