import { Died, dyingPorts } from './dying-ports.ts';
import type { StepWorkbench } from './step-workbench.ts';

export interface CutOff {
  readonly callsMade: number;
  readonly bench: StepWorkbench;
}

/**
 * The worlds that are left when a process ends anywhere in what it does: before each of its calls to the outside.
 * @param opened gets every world that has to be closed.
 */
export async function cutOffAnywhere(
  stand: () => Promise<StepWorkbench>,
  step: string,
  mode: 'run' | 'compensate',
  opened: StepWorkbench[],
): Promise<readonly CutOff[]> {
  const whole = await stand();
  const watched = dyingPorts(whole.ports, Number.POSITIVE_INFINITY);
  await whole.attempt(step, mode, watched.ports);
  const left: CutOff[] = [];
  const source = await stand();
  for (let callsMade = 0; callsMade < watched.calls(); callsMade += 1) {
    const bench = await source.fork();
    opened.push(bench);
    await expect(bench.attempt(step, mode, dyingPorts(bench.ports, callsMade).ports)).rejects.toThrow(Died);
    bench.takeOver();
    left.push({ callsMade, bench });
  }
  expect(left.length).toBeGreaterThan(0);
  return left;
}
