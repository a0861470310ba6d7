import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { FencedDirectory } from '../../../engine/storage/fenced-directory.ts';
import type { FencedFileOperations } from '../../../engine/storage/fenced-file-operations.ts';
import { PreconditionFailedError, StaleFenceError } from '../../../engine/workflow/fence.ts';
import { observedFileOperations } from './observed-file-operations.ts';

const file = 'state.json';

/** Real files, each operation done at once, so that a seed replays the same interleaving. */
const immediateOperations: FencedFileOperations = {
  makeFolders: async (path) => void mkdirSync(path, { recursive: true }),
  makeFolder: async (path) => {
    if (existsSync(path)) return false;
    mkdirSync(path);
    return true;
  },
  list: async (path) => readdirSync(path),
  read: async (path) => readFileSync(path),
  create: async (path, content) => {
    writeFileSync(path, content, { flag: 'wx' });
  },
  syncFile: async (path) => {
    readFileSync(path);
  },
  syncFolder: async (path) => {
    readdirSync(path);
  },
  rename: async (from, to) => {
    renameSync(from, to);
  },
  removeFile: async (path) => {
    unlinkSync(path);
  },
  removeFolder: async (path) => {
    rmdirSync(path);
  },
};

interface Writer {
  readonly verbs: readonly ('replace' | 'remove')[];
  /** The operation it never gets to, for a process that dies or sleeps for ever. */
  readonly diesAt: number | undefined;
}

const writer: fc.Arbitrary<Writer> = fc.record({
  verbs: fc.array(fc.constantFrom('replace', 'replace', 'remove'), { minLength: 1, maxLength: 3 }),
  diesAt: fc.option(fc.nat({ max: 45 }), { nil: undefined }),
});

type Outcome = 'done' | 'stale' | 'precondition' | 'dead';

interface Change {
  readonly fence: number;
  /** The highest fence that had finished its take-over by then. */
  readonly shutOut: number;
  /** What the writer had read, and what its change replaced in fact. */
  readonly known: string | undefined;
  readonly replaced: string | undefined;
}

interface History {
  readonly changes: readonly Change[];
  readonly outcomes: ReadonlyMap<number, Outcome>;
  readonly final: string | undefined;
  readonly writtenLast: string | undefined;
}

async function play(scheduler: fc.Scheduler, writers: readonly Writer[]): Promise<History> {
  const folder = mkdtempSync(join(tmpdir(), 'fenced-'));
  const place = join(folder, file);
  const content = () => (existsSync(place) ? readFileSync(place, 'utf8') : undefined);
  const changes: Change[] = [];
  const outcomes = new Map<number, Outcome>();
  let shutOut = 0;
  let writtenLast: string | undefined;

  const live = async ({ verbs, diesAt }: Writer, fence: number): Promise<void> => {
    let step = 0;
    let known: string | undefined;
    let intended: string | undefined;
    const died = Promise.withResolvers<'dead'>();
    const directory = new FencedDirectory(
      folder,
      observedFileOperations(immediateOperations, async (name, paths) => {
        await scheduler.schedule(Promise.resolve(), `${String(fence)} ${name}`);
        step += 1;
        if (step - 1 === diesAt) {
          died.resolve('dead');
          await new Promise(() => undefined);
        }
        // The read of the precondition is the first operation after the take-over.
        if (name === 'read' && intended !== undefined) shutOut = Math.max(shutOut, fence);
        const [from = ''] = paths;
        const isChange = name === 'rename' && (from === place || existsSync(from));
        if (!isChange) return;
        changes.push({ fence, shutOut, known, replaced: content() });
        writtenLast = from === place ? undefined : readFileSync(from, 'utf8');
      }),
    );
    const work = async (): Promise<Outcome> => {
      for (const [index, verb] of verbs.entries()) {
        intended = undefined;
        const before = await directory.read(file);
        known = before?.content.toString();
        intended = `${String(fence)}.${String(index)}`;
        try {
          if (verb === 'remove' && before) await directory.remove(file, before.revision, { fence });
          else await directory.replace(file, intended, before?.revision, { fence });
        } catch (error) {
          if (error instanceof StaleFenceError) return 'stale';
          if (error instanceof PreconditionFailedError) return 'precondition';
          throw error;
        }
      }
      return 'done';
    };
    outcomes.set(fence, await Promise.race([work(), died.promise]));
  };

  try {
    await scheduler.waitFor(Promise.all(writers.map((each, index) => live(each, index + 1))));
    return { changes, outcomes, final: content(), writtenLast };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('writers with different fences in any order', () => {
  it('change the file in the order of their fences, and each only what it has read', async () => {
    const seen = new Map<Outcome, number>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(writer, { minLength: 2, maxLength: 4 }), async (scheduler, writers) => {
        const { changes, outcomes, final, writtenLast } = await play(scheduler, writers);
        const fences = changes.map(({ fence }) => fence);
        expect(fences).toEqual(fences.toSorted((a, b) => a - b));
        for (const change of changes) {
          expect(change.fence).toBeGreaterThanOrEqual(change.shutOut);
          expect(change.replaced).toBe(change.known);
        }
        expect(final).toBe(writtenLast);
        const finished = [...outcomes].filter(([, outcome]) => outcome === 'done').map(([fence]) => fence);
        expect(fences.at(-1) ?? 0).toBeGreaterThanOrEqual(Math.max(0, ...finished));
        for (const outcome of outcomes.values()) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }),
      { numRuns: 400 },
    );
    // A schedule in which nobody ever lost would prove nothing.
    expect([...seen.keys()].toSorted()).toEqual(['dead', 'done', 'precondition', 'stale']);
  }, 60_000);

  it('never all lose: the highest that is not killed is refused only by its precondition', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(writer, { minLength: 2, maxLength: 4 }), async (scheduler, writers) => {
        const { outcomes } = await play(scheduler, writers);
        expect(outcomes.get(writers.length)).not.toBe('stale');
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
