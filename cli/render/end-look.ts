import type { EndedPromotion } from '../../engine/promotion-service.ts';
import type { Paint } from '../terminal.ts';

/** The shape and the colour of a state, beside its word. */
export interface Look {
  readonly mark: string;
  readonly colour: (text: string) => string;
}

export function endLook(state: EndedPromotion['state'], paint: Paint): Look {
  switch (state) {
    case 'COMPLETED_SUCCESSFULLY':
      return { mark: '✔', colour: paint.green };
    case 'ROLLED_BACK':
      return { mark: '↩', colour: paint.magenta };
    case 'FAILED':
    case 'ROLLBACK_FAILED':
    case 'REJECTED':
      return { mark: '✖', colour: paint.red };
    case 'EXPIRED':
    case 'CANCELLED':
    case 'SUPERSEDED':
      return { mark: '–', colour: paint.dim };
  }
}
