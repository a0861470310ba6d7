import { stepTitle as titleOf } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';

export { stepsCalled } from '../../engine/promotion-service.ts';

/** What people call a step; the name of a custom one comes out of a file that anybody may have written. */
export function stepTitle(step: string): string {
  return printable(titleOf(step));
}
