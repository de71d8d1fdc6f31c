#!/usr/bin/env node
import { runCli } from './run-cli.js';

const { stdin, stdout, stderr, env } = process;
let outputFault: string | undefined;

// A reader that has seen enough (`| head`) is no fault, and changes no verdict: the exit code stays the command's.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || outputFault !== undefined) return;
  outputFault = error.code ?? 'unknown error';
  stderr.write(`error ERR_SPANSEAL_CLI_OUTPUT: standard output cannot be written (${outputFault})\n`);
  process.exitCode = 3;
});
stderr.on('error', () => undefined);

void runCli(process.argv.slice(2), { stdin, stdout, stderr, env }).then((exitCode) => {
  process.exitCode = outputFault === undefined ? exitCode : 3;
});
