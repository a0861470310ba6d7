import { inOneLine } from '../../../cli/render/in-one-line.ts';
import { waitingText } from '../../../cli/render/waiting-text.ts';

describe('what was written in several lines, in one', () => {
  it('leaves nothing out, and writes out no line break', () => {
    const text = 'what it needs is not there:\ndatabase app-production: refused\n\nregistry: full\n';
    expect(inOneLine(text)).toBe('what it needs is not there: database app-production: refused; registry: full');
    expect(inOneLine('one\r\ntwo\u0007')).toBe('one; two\\u0007');
    expect(inOneLine('')).toBe('');
  });
});

describe('what a promotion waits for', () => {
  it('is one sentence, whatever the words end with that say it', () => {
    const since = new Date(0);
    const parked = (detail: string) => ({ reason: 'retry', detail, since, until: undefined }) as const;
    const now = new Date(9700);
    expect(waitingText(parked('not there:\ndatabase: refused; it is tried again by itself.'), now)).toBe(
      'not there: database: refused; it is tried again by itself, for 9.7 s now',
    );
  });
});
