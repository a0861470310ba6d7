#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Compiled code is kept in the system's temporary folder, which makes every start after the first much quicker.
enableCompileCache();
await import('./command-process.ts');
