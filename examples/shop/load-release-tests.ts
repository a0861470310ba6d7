/**
 * Loads the test files named on the command line into one process: starting one for each would take most of the time.
 * A file that cannot be loaded is a test that failed, and does not keep the others from running.
 */
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) {
  try {
    await import(pathToFileURL(path.resolve(file)).href);
  } catch (error) {
    await test(file, () => {
      throw error;
    });
  }
}

// A server that a failed test left open would keep this process, and so every report, waiting for ever.
setTimeout(() => process.exit(), 2_000).unref();
