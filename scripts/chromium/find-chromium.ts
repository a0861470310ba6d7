import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Under which systems have it in PATH. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** Where it is on systems that do not put it in PATH. */
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** What to do where there is none. */
export const installChromium =
  'install Chromium (Debian: apt install chromium) or Chrome, or say where it is: CHROMIUM_PATH=/path/to/chromium';

/**
 * The Chromium of this machine: what CHROMIUM_PATH names, else what is found in the usual places.
 * @returns undefined where there is none.
 * @throws Error when CHROMIUM_PATH names nothing that can be run.
 */
export function findChromium(
  environment: Readonly<Record<string, string | undefined>>,
  isProgram: (path: string) => boolean = isExecutable,
): string | undefined {
  const { CHROMIUM_PATH: named, PATH: path = '' } = environment;
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which is no program: ${installChromium}`);
  }
  const inPath = path
    .split(delimiter)
    .flatMap((folder) => (folder === '' ? [] : names.map((each) => join(folder, each))));
  return [...inPath, ...places].find(isProgram);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
