#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// What this program and those that it starts write is nobody else's: configuration, orders, backups, images.
process.umask(0o077);
// Compiled code is kept in the system's temporary folder, which makes every start after the first much quicker.
enableCompileCache();
await import('./command-process.ts');
