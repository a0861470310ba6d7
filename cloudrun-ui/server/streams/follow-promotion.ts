import { eventJson, logLineJson } from '../../../cli/json/event-json.ts';
import { promotionJson } from '../../../cli/json/promotion-json.ts';
import { isEndState, tellEvent, type Actor, type CoursePlace } from '../../../engine/promotion-service.ts';
import type { ServerPorts } from '../server-ports.ts';
import type { StreamMessage } from './open-stream.ts';

/** What nobody told is found so soon, of a promotion that is on its way and of one that has ended. */
const movingLookMs = 2000;
const endedLookMs = 15_000;
/** Lines in one message. */
const mostLines = 1000;

/** The beginning of a promotion, and what a `Last-Event-ID` means: `<entries>-<lines>`. */
export function placeOfId(id: string | undefined): CoursePlace {
  const [, event = '0', line = '0'] = /^(\d{1,15})-(\d{1,15})$/.exec(id ?? '') ?? [];
  return { event: Number(event), line: Number(line) };
}

/**
 * Follows a promotion from a place on: `log` with lines, `event` with entries of its trail, and `promotion` with how it is,
 * each time that it is not as it was told. Whoever comes back with the id of what he had last misses nothing and gets nothing
 * twice but how the promotion is.
 */
export async function* followPromotion(
  { service, hub }: Pick<ServerPorts, 'service' | 'hub'>,
  actor: Actor,
  promotionId: string,
  from: CoursePlace,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage, void, undefined> {
  using watch = hub.watch(
    (news) => news.kind === 'everything' || (news.kind === 'promotions' && news.ids.includes(promotionId)),
  );
  let place = from;
  let told = '';
  while (!signal.aborted) {
    const { promotion, release, events, lines, isCut } = await service.overview.course(
      actor,
      promotionId,
      place,
      mostLines,
    );
    const lastLine = lines.at(-1);
    if (lastLine !== undefined) {
      place = { ...place, line: lastLine.seq };
      yield { event: 'log', data: { lines: lines.map(logLineJson) }, id: idOf(place) };
    }
    const lastEvent = events.at(-1);
    if (lastEvent !== undefined) {
      place = { ...place, event: lastEvent.seq };
      const entries = events.map((event) => {
        const { by, text } = tellEvent(event, promotion.kind);
        return { ...eventJson(event), by, text };
      });
      yield { event: 'event', data: { events: entries }, id: idOf(place) };
    }
    const now = JSON.stringify(promotionJson(promotion, release));
    if (now !== told) {
      told = now;
      yield { event: 'promotion', data: { promotion: promotionJson(promotion, release) }, id: idOf(place) };
    }
    if (!isCut) await watch.next(isEndState(promotion.state) ? endedLookMs : movingLookMs, signal);
  }
}

function idOf({ event, line }: CoursePlace): string {
  return `${String(event)}-${String(line)}`;
}
