import type { DispensableStep } from '../rules/step-names.ts';
import type { Definition } from './definition.ts';

/** Whether the rules leave out a step for which there would be something to do. */
export function leavesOut({ leftOut = [] }: Pick<Definition, 'leftOut'>, step: DispensableStep): boolean {
  return leftOut.includes(step);
}
