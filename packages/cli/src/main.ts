#!/usr/bin/env node
import { runCli } from './run-cli.js';

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exitCode = error.code === 'EPIPE' ? 0 : 3;
});

const { stdin, stdout, stderr, env } = process;
void runCli(process.argv.slice(2), { stdin, stdout, stderr, env }).then((exitCode) => {
  process.exitCode = exitCode;
});
