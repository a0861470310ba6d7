import { LogBuffer, type LogLine } from '../../../engine/workflow/log-buffer.ts';

const line = (text: string, promotionId = 'pr-1'): LogLine => ({
  promotionId,
  step: 'deploy',
  attempt: 1,
  at: new Date('2030-01-01T00:00:00Z'),
  line: text,
});

/** A sink whose every write waits until it is let go. */
class SlowSink {
  readonly written: string[][] = [];
  readonly #waiting: ((fails: boolean) => void)[] = [];

  async appendLogs(lines: readonly LogLine[]): Promise<void> {
    this.written.push(lines.map((each) => each.line));
    const fails = await new Promise<boolean>((resolve) => this.#waiting.push(resolve));
    if (fails) throw new Error('the disk is full');
  }

  async letGo(fails = false): Promise<void> {
    this.#waiting.shift()?.(fails);
    await new Promise(setImmediate);
  }
}

const noTimer = 3_600_000;

describe('the buffer of log lines', () => {
  it('stores together what several runs said while a write was under way, in the order in which it was said', async () => {
    const sink = new SlowSink();
    const logs = new LogBuffer(sink, noTimer);
    logs.add(line('a'));
    const first = logs.flush();
    await new Promise(setImmediate);
    logs.add(line('b'));
    const second = logs.flush();
    logs.add(line('c', 'pr-2'));
    const third = logs.flush();
    expect(sink.written).toEqual([['a']]);
    await sink.letGo();
    await first;
    expect(sink.written).toEqual([['a'], ['b', 'c']]);
    await sink.letGo();
    await Promise.all([second, third]);
    expect(sink.written).toHaveLength(2);
  });

  it('says to everybody who waits for a write that it failed, and writes what comes after', async () => {
    const sink = new SlowSink();
    const logs = new LogBuffer(sink, noTimer);
    logs.add(line('a'));
    const both = Promise.allSettled([logs.flush(), logs.flush()]);
    await new Promise(setImmediate);
    await sink.letGo(true);
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    logs.add(line('b'));
    const next = logs.flush();
    await new Promise(setImmediate);
    await sink.letGo();
    await next;
    expect(sink.written).toEqual([['a'], ['b']]);
  });

  it('writes by itself after a moment, and nothing when there is nothing', async () => {
    const sink = new SlowSink();
    const logs = new LogBuffer(sink, 1);
    await logs.flush();
    expect(sink.written).toEqual([]);
    logs.add(line('a'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await sink.letGo();
    expect(sink.written).toEqual([['a']]);
  });
});
