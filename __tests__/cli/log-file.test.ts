import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogFile, logged, timeInNames } from '../../cli/log-file.ts';
import type { Terminal } from '../../cli/terminal.ts';
import { UsageError } from '../../cli/usage-error.ts';

const at = new Date(2026, 10, 26, 14, 5, 3);

describe('a log file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'log-file-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is called after the moment as the guides call it, and only its owner may read it', async () => {
    const log = LogFile.createNamed(folder, 'promotion', at);
    log.write('one\n');
    log.write('two\n');
    log.close();
    expect(log.path).toBe(`${folder}/promotion-20261126-140503.log`);
    expect(await readFile(log.path, 'utf8')).toBe('one\ntwo\n');
    expect((await stat(log.path)).mode & 0o777).toBe(0o600);
  });

  it('is another one for a command of the same second', () => {
    const paths = [1, 2, 3].map(() => {
      const log = LogFile.createNamed(folder, 'promotion-tests', at);
      log.close();
      return log.path;
    });
    expect(new Set(paths).size).toBe(3);
    expect(paths[1]).toBe(`${folder}/promotion-tests-${timeInNames(at)}-2.log`);
  });

  it('never follows a link that somebody put there, named or not', async () => {
    const victim = join(folder, 'victim');
    await writeFile(victim, 'precious');
    await symlink(victim, join(folder, 'named.log'));
    await symlink(join(folder, 'nowhere'), join(folder, 'promotion-20261126-140503.log'));
    expect(() => LogFile.create(join(folder, 'named.log'))).toThrow(UsageError);
    const log = LogFile.createNamed(folder, 'promotion', at);
    log.write('mine');
    log.close();
    expect(log.path).toBe(`${folder}/promotion-20261126-140503-2.log`);
    expect(await readFile(victim, 'utf8')).toBe('precious');
    await expect(stat(join(folder, 'nowhere'))).rejects.toThrow('ENOENT');
  });

  it('never writes over what is there', async () => {
    const path = join(folder, 'mine.log');
    await writeFile(path, 'precious');
    expect(() => LogFile.create(path)).toThrow(`${path} exists already`);
    expect(await readFile(path, 'utf8')).toBe('precious');
  });

  it('that cannot be written is refused before anything is done', () => {
    expect(() => LogFile.create(join(folder, 'absent', 'x.log'))).toThrow(
      `there is no folder ${join(folder, 'absent')};`,
    );
    expect(() => LogFile.createNamed(join(folder, 'absent'), 'promotion', at)).toThrow(
      `there is no folder ${join(folder, 'absent')};`,
    );
  });
});

describe('a terminal with a log', () => {
  it('keeps its words without colours and without the line that moves', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'log-file-'));
    const log = LogFile.createNamed(folder, 'promotion', at);
    let shown = '';
    const terminal: Terminal = {
      isInteractive: true,
      canAsk: false,
      paint: pc.createColors(true),
      size: () => ({ columns: 80, rows: 24 }),
      write: (text) => {
        shown += text;
      },
      writeError: (text) => {
        shown += text;
      },
      ask: () => Promise.resolve(undefined),
    };
    const both = logged(terminal, log);
    both.write('\r\u001b[2K  ◐ running, for 3 s now');
    both.write(`  ${terminal.paint.green('✔')} deploy\n`);
    both.writeError('error: late\n');
    log.close();
    expect(await readFile(log.path, 'utf8')).toBe('  ✔ deploy\nerror: late\n');
    expect(shown).toContain('◐ running');
    await rm(folder, { recursive: true });
  });
});
