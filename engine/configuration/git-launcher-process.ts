import { runGitCommand, type GitCommand, type GitEnding } from './git-command.ts';

/** What a launcher asks of its process: to start a command, or to end one that it has started. */
export type LauncherRequest =
  | { readonly kind: 'run'; readonly id: number; readonly command: GitCommand }
  | { readonly kind: 'end'; readonly id: number };

/** What it is told: how a command has ended, or that nothing was asked for a while and the process may be let go. */
export type LauncherAnswer =
  | { readonly kind: 'ended'; readonly id: number; readonly ending: GitEnding }
  | { readonly kind: 'idle' };

/** Nobody should see it come and go within one promotion, nor find it long after the last command. */
const idleAfterMs = 5_000;

const running = new Map<number, AbortController>();
let idleTimer: NodeJS.Timeout | undefined;

function tell(answer: LauncherAnswer): void {
  // Whoever asked may be gone by now, and then nobody wants to know.
  if (process.connected) process.send?.(answer, undefined, undefined, () => undefined);
}

function restIfIdle(): void {
  if (running.size > 0) return;
  idleTimer = setTimeout(() => {
    tell({ kind: 'idle' });
  }, idleAfterMs);
}

async function endingOf(command: GitCommand, signal: AbortSignal): Promise<GitEnding> {
  try {
    return await runGitCommand(command, signal);
  } catch (error) {
    // Words that no program can be given.
    return { kind: 'not-started', code: undefined, message: String(error) };
  }
}

process.on('message', (request: LauncherRequest) => {
  switch (request.kind) {
    case 'run': {
      clearTimeout(idleTimer);
      const abort = new AbortController();
      running.set(request.id, abort);
      void endingOf(request.command, abort.signal).then((ending) => {
        running.delete(request.id);
        tell({ kind: 'ended', id: request.id, ending });
        restIfIdle();
      });
      return;
    }
    case 'end':
      running.get(request.id)?.abort();
  }
});

// Without whoever asked for it, a command is ended as one that was called off; the process ends with the last of them.
process.once('disconnect', () => {
  clearTimeout(idleTimer);
  for (const abort of running.values()) abort.abort();
});
