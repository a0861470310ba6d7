import fc from 'fast-check';
import { SseParser, type StreamMessage } from '../../../../../cloudrun-ui/web/src/api/live/sse-parser.ts';

const read = (pieces: readonly string[], id?: string): readonly StreamMessage[] => {
  const parser = new SseParser(id);
  return pieces.flatMap((piece) => parser.feed(piece));
};

describe('reading server-sent events', () => {
  it('gives each message once it is whole, with the id that it has or that was had last', () => {
    const text = 'retry: 1000\n\nevent: log\ndata: {"a":1}\nid: 4-2\n\ndata: second\n\n';
    expect(read([text])).toEqual([
      { event: 'log', data: '{"a":1}', id: '4-2' },
      { event: 'message', data: 'second', id: '4-2' },
    ]);
    expect(read(['data: x\n\n'], '1-1')).toEqual([{ event: 'message', data: 'x', id: '1-1' }]);
  });

  it('joins lines of data, keeps all but the first space, and passes over comments and what it does not know', () => {
    expect(read([': alive\n\n:\ndata:  one\ndata\ndata:two\nunknown: x\n\n'])).toEqual([
      { event: 'message', data: ' one\n\ntwo', id: '' },
    ]);
  });

  it('says nothing of a message without data, or one that was cut off', () => {
    expect(read(['event: log\n\n', 'data: half'])).toEqual([]);
  });

  it('waits for the other half of a line end through a piece that holds nothing', () => {
    expect(read(['data: x\r', '', '\ndata: y\r\n\r', '', '\n', ':\r'])).toEqual([
      { event: 'message', data: 'x\ny', id: '' },
    ]);
  });

  it('reads the same in whatever pieces it arrives, and by whatever ends lines', () => {
    const text = 'event: change\ndata: {"x":"é"}\nid: e.7\n\n: alive\n\nevent: reset\ndata: {}\nid: e.8\n\n';
    const whole = read([text]);
    expect(whole).toHaveLength(2);
    fc.assert(
      fc.property(
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat({ max: text.length + 20 }), { maxLength: 12 }),
        (end, cuts) => {
          // What ends with a carriage return alone is whole only with what follows it.
          const sent = `${text.replaceAll('\n', end)}: end${end}`;
          const places = [0, ...cuts.filter((cut) => cut < sent.length).toSorted((a, b) => a - b), sent.length];
          const pieces = places.slice(1).map((place, index) => sent.slice(places[index], place));
          expect(read(pieces)).toEqual(whole);
        },
      ),
    );
  });
});
