import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** As near to the end as this counts as there. */
const nearPx = 40;

interface Growing {
  /** How much there is. */
  readonly count: number;
  /** How much of it is shown, where not all of it is. */
  readonly shown: number;
  /** Whether it begins at its end. */
  readonly follows: boolean;
}

interface FollowedTail {
  /** How much came since the reader went away from the end. */
  readonly unseen: number;
  readonly onScroll: () => void;
  readonly follow: () => void;
}

/** Keeps the end of something that grows in sight, unless the reader went elsewhere to read; then it stays where he is. */
export function useFollowedTail(box: RefObject<HTMLElement | null>, growing: Growing): FollowedTail {
  const { count, shown, follows } = growing;
  const [isFollowing, setFollowing] = useState(follows);
  const seen = useRef(count);
  if (isFollowing || !follows) seen.current = count;
  // Not after each scrolling, which renders too: whoever goes up would be taken back.
  useLayoutEffect(() => {
    if (isFollowing) goToEnd(box.current);
  }, [box, isFollowing, shown]);
  return {
    unseen: count - seen.current,
    onScroll: () => {
      const element = box.current;
      if (element === null) return;
      setFollowing(follows && element.scrollHeight - element.scrollTop - element.clientHeight < nearPx);
    },
    follow: () => {
      setFollowing(true);
      goToEnd(box.current);
    },
  };
}

function goToEnd(element: HTMLElement | null): void {
  if (element !== null) element.scrollTop = element.scrollHeight;
}
