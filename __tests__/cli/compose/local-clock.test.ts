import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clockNotice, examineClock } from '../../../cli/compose/examine-clock.ts';
import { installationClock, LocalClock } from '../../../cli/compose/local-clock.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { SetupError } from '../../../cli/setup-error.ts';

let folders: LocalFolders;
beforeEach(async () => {
  folders = new LocalFolders(await mkdtemp(join(tmpdir(), 'local-clock-')));
});
afterEach(async () => {
  await rm(folders.root, { recursive: true, force: true });
});

const behind = (now: Date) => Math.abs(now.getTime() - Date.now());

describe('the clock of an installation', () => {
  it('is the machine’s until somebody moves it, also for those who have looked before', async () => {
    const [mover, other] = [new LocalClock(folders), new LocalClock(folders)];
    expect(behind(other.now())).toBeLessThan(5_000);
    await mover.write({ aheadSeconds: 86_400, towardSeconds: 86_400 });
    await pause(60);
    for (const clock of [mover, other]) {
      expect(clock.aheadSeconds).toBe(86_400);
      expect(behind(new Date(clock.now().getTime() - 86_400_000))).toBeLessThan(5_000);
    }
    expect((await stat(folders.clock)).mode & 0o777).toBe(0o600);
  });

  it('is the machine’s on a database that the engine did not start, whatever was moved here', async () => {
    await new LocalClock(folders).write({ aheadSeconds: 86_400, towardSeconds: 86_400 });
    const clock = installationClock(folders, 'postgres://db.example/engine');
    expect(clock.aheadSeconds).toBe(0);
    expect(behind(clock.now())).toBeLessThan(5_000);
    expect(installationClock(folders, undefined).aheadSeconds).toBe(86_400);
  });

  it.each(['', '{}', '{"aheadSeconds":-1,"towardSeconds":0}', 'null'])('is not guessed from %j', async (text) => {
    await mkdir(folders.root, { recursive: true });
    await writeFile(folders.clock, text);
    expect(() => new LocalClock(folders).now()).toThrow(SetupError);
  });

  it('is said to be moved wherever somebody looks, and by doctor', () => {
    expect(clockNotice(0)).toBeUndefined();
    expect(clockNotice(86_400.4)).toBe('the clock was moved: it is 24 h ahead of this machine (promote local clock)');
    expect(examineClock(0)).toMatchObject({ level: 'ok' });
    expect(examineClock(3600)).toMatchObject({
      level: 'warn',
      detail: expect.stringContaining('1 h ahead') as string,
    });
  });
});
