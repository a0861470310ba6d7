import type { Endpoint } from '../endpoint/endpoint.ts';
import { listHistory } from './history.ts';
import { listClosures, listEnvironments } from './overview.ts';
import { showMe } from './people.ts';
import {
  cancelPromotion,
  decidePromotion,
  noteDown,
  requestPromotion,
  retryPromotion,
  tickItem,
} from './promotion-commands.ts';
import { listEvents, listLogs, listPromotions, showPromotion } from './promotions.ts';
import { listReleases } from './releases.ts';

/** Every operation of the API; the server, its document and the tests of permissions are made of this. */
export const allEndpoints: readonly Endpoint[] = [
  showMe,
  listEnvironments,
  listClosures,
  listPromotions,
  showPromotion,
  listEvents,
  listLogs,
  requestPromotion,
  decidePromotion,
  cancelPromotion,
  retryPromotion,
  tickItem,
  noteDown,
  listHistory,
  listReleases,
];
