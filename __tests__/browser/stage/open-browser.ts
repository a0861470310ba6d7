import { chromium, type Browser } from 'playwright-core';
import { findChromium, installChromium } from '../../../scripts/chromium/find-chromium.ts';

/** @throws Error with what to install where there is no Chromium. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) throw new Error(`there is no Chromium here: ${installChromium}`);
  // Root has no sandbox to run it in, and what it loads is our own.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...args, '--disable-dev-shm-usage'] });
}
