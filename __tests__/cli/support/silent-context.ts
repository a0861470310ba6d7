import pc from 'picocolors';
import type { CommandContext } from '../../../cli/command-context.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';

/** A context that only writes, for what needs nothing else. */
export function silentContext(write: (text: string) => void): CommandContext {
  const notHere = (): Promise<never> => Promise.reject(new Error('this is no part of the test'));
  return {
    terminal: {
      isInteractive: false,
      canAsk: false,
      paint: pc.createColors(false),
      size: () => ({ columns: 100, rows: 24 }),
      write,
      writeError: write,
      ask: () => Promise.resolve(undefined),
    },
    environment: {},
    invocation: 'promote',
    logFolder: '/nowhere',
    clock: { now: () => afterStart(60), sleep: () => Promise.resolve() },
    machineClock: { now: () => afterStart(60) },
    interruption: { listen: () => ({ signal: new AbortController().signal, [Symbol.dispose]: () => undefined }) },
    failures: { write: () => undefined },
    local: { start: notHere, bring: notHere, clock: notHere, stop: notHere, serve: notHere, ui: notHere },
    rulesTests: { prepare: notHere },
    auditFiles: { publicKey: notHere, verifyExport: notHere },
    installedRules: () => Promise.resolve(undefined),
    openSession: notHere,
  };
}
