import { InterruptedError, type Terminal } from '../../cli/terminal.ts';
import { buildProgram } from '../../cli/program.ts';
import { proposedCommands, typableTerminal } from '../../cli/typable-terminal.ts';
import { silentContext } from './support/silent-context.ts';

function written(invocation: string, text: string): string {
  let out = '';
  const keep = (more: string): void => {
    out += more;
  };
  const terminal: Terminal = {
    ...silentContext(keep).terminal,
    ask: () => Promise.reject(new InterruptedError()),
  };
  typableTerminal(terminal, invocation).writeError(text);
  return out;
}

describe('a command that a text proposes', () => {
  it('is typed as this program was started', () => {
    expect(
      written('npm run promote --', 'try that again: promote retry pr-7f3a\n`promote reject --help` shows it'),
    ).toBe('try that again: npm run promote -- retry pr-7f3a\n`npm run promote -- reject --help` shows it');
  });

  it('is typed so where that has signs that mean something to a pattern', () => {
    expect(written("node a$&b/$'/main.ts", 'promote retry pr-1')).toBe("node a$&b/$'/main.ts retry pr-1");
  });

  it('is not found in prose, in a command that is typable already, or where promote is on the path', () => {
    const text =
      'promote what should run there; npm run promote -- retry pr-1; promote.log; promote runs; ./promote run';
    expect(written('npm run promote --', text)).toBe(text);
    expect(written('promote', 'promote retry pr-1')).toBe('promote retry pr-1');
  });

  it('stays as it is where standard output is for programs, and is typable on standard error all the same', () => {
    const streams: string[] = [];
    const own: Terminal = {
      ...silentContext(() => undefined).terminal,
      ask: () => Promise.reject(new InterruptedError()),
      write: (text) => streams.push(`out ${text}`),
      writeError: (text) => streams.push(`error ${text}`),
    };
    const terminal = typableTerminal(own, 'npm run promote --', true);
    terminal.write('promote list');
    terminal.writeError('promote list');
    expect(streams).toEqual(['out promote list', 'error npm run promote -- list']);
  });

  it('may be any command there is', () => {
    const names = buildProgram(
      silentContext(() => undefined),
      () => undefined,
    ).below.map((command) => command.name());
    expect([...proposedCommands].sort()).toEqual([...names.filter((name) => name !== 'help'), '--help'].sort());
  });
});
