import { inheritDefaults } from './inheritance.ts';
import { demandMandatory } from './mandatory-gates.ts';

/**
 * A rules document in which every path says all that it demands: its own word, then that of the defaults, then what is
 * mandatory. Works on any data, and on a document that has inherited already, which it leaves as it is.
 */
export function inheritRequirements(document: unknown): unknown {
  return demandMandatory(inheritDefaults(document));
}
