import type { UiOptions } from '../../../cli/command-context.ts';
import { record, type Setting } from '../support/recorded-command.ts';

async function askedOf(words: readonly string[], environment: NonNullable<Setting['environment']> = {}) {
  const asked: Pick<UiOptions, 'address' | 'port'>[] = [];
  const local = {
    ui: ({ address, port }: UiOptions) => {
      asked.push({ address, port });
      return Promise.resolve(0);
    },
  };
  const { exitCode, errors } = await record(['ui', ...words], { environment, local });
  return { exitCode, errors, asked };
}

describe('promote ui', () => {
  it('answers to this machine alone unless something else is said', async () => {
    expect((await askedOf([])).asked).toEqual([{ address: '127.0.0.1', port: 8080 }]);
    expect((await askedOf([], { PORT: '', PROMOTION_ADDRESS: '' })).asked).toEqual([
      { address: '127.0.0.1', port: 8080 },
    ]);
  });

  it('answers where the image and what runs it say, unless somebody types something else', async () => {
    const image = { PROMOTION_ADDRESS: '0.0.0.0', PORT: '9000' };
    expect((await askedOf([], image)).asked).toEqual([{ address: '0.0.0.0', port: 9000 }]);
    expect((await askedOf(['--address', '::1', '--port', '80'], image)).asked).toEqual([{ address: '::1', port: 80 }]);
  });

  it.each(['http', '0', '65536', '-1', '80 '])('refuses the port %j of its environment', async (port) => {
    const { exitCode, asked, errors } = await askedOf([], { PORT: port });
    expect([exitCode, asked]).toEqual([1, []]);
    expect(errors).toContain(`PORT is ${JSON.stringify(port)}, and no port`);
  });
});
