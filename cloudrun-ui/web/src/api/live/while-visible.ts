/** How long nobody may look at a page before it listens no more. */
const patienceMs = 20_000;

/**
 * Does something while somebody looks at the page: a browser lets one server have six connections over all of its windows,
 * and a window that nobody looks at shall not take one.
 * @returns what ends it.
 */
export function whileVisible(start: () => void, stop: () => void): () => void {
  let timer: number | undefined;
  const look = (): void => {
    window.clearTimeout(timer);
    if (document.visibilityState === 'visible') start();
    else timer = window.setTimeout(stop, patienceMs);
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    window.clearTimeout(timer);
    stop();
  };
}
