import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, type ConfigFault, loadConfig } from '@spanseal/node';
import { ExporterError, SignedOtlpExporter } from '@spanseal/otlp-exporter';
import { argumentError, countOfArguments } from '../argument-error.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';
import {
  type CommandRun,
  type DoctorReport,
  doctorReport,
  type GuardedProcess,
} from '../doctor/doctor-report.js';
import { renderDoctor } from '../doctor/doctor-table.js';
import { readReportFormat } from '../report-format.js';
import { textStyle } from '../text-table.js';

export const doctor: Command = {
  usage: `spanseal doctor [--format table|json] [-- COMMAND [ARG…]]

Says what the variables of this environment make @spanseal/node do: the policy and the key, where each comes from, what is wrong,
and what is not covered. No value of a policy and no key is shown. Variables that \`node --env-file\` sets are seen when this command
has them, too: node --env-file=F node_modules/.bin/spanseal doctor

With a COMMAND it runs that, with the preload, and says which tracer providers it had and how each was guarded. What the command
prints goes to standard error.

  --format F   table (default), or json

  spanseal doctor
  spanseal doctor -- node app.js

Exit codes: 0 all is as it should be · 3 faults, a command that failed or had no guarded provider, or usage
`,
  run: async (args, io) => diagnose(args, io),
};

async function diagnose(args: readonly string[], io: CliIo): Promise<number> {
  const end = args.indexOf('--');
  const line = readCommandLine(end < 0 ? args : args.slice(0, end), { values: { format: {} } });
  if (line.operands.length > 0) {
    throw argumentError('doctor', 'a COMMAND behind --', `${countOfArguments(line.operands)} before it`);
  }
  const format = readReportFormat(line);
  const command = end < 0 ? [] : args.slice(end + 1);
  const config: Config = loadConfig(io.env);
  const run = command.length === 0 ? undefined : await runGuarded(command, io);
  const report: DoctorReport = doctorReport(config, { run, exporterFaults: exporterFaultsOf(config, io) });
  io.stdout.write(
    format === 'json'
      ? `${JSON.stringify(report, undefined, 2)}\n`
      : renderDoctor(report, textStyle(io.stdout, io.env)),
  );
  return report.healthy ? 0 : 3;
}

/** The exporter reads its variables when it is made, and says then what is wrong with them. */
function exporterFaultsOf({ exporter }: Config, { env }: CliIo): readonly ConfigFault[] {
  if (exporter !== 'otlp') return [];
  try {
    void new SignedOtlpExporter({ env }).shutdown();
    return [];
  } catch (error) {
    if (!(error instanceof ExporterError)) throw error;
    return error.faults.map(({ path: variable, expected, got }) => ({ variable, expected, got }));
  }
}

/** Runs a command with the preload, and reads what its processes wrote down. */
async function runGuarded([command = '', ...args]: readonly string[], io: CliIo): Promise<CommandRun> {
  const folder = await mkdtemp(join(tmpdir(), 'spanseal-doctor-'));
  try {
    const file = join(folder, 'guarded');
    const preload = createRequire(join(process.cwd(), 'doctor.js'));
    const register = JSON.stringify(findPreload(preload));
    const options = [io.env['NODE_OPTIONS'], `--require ${register}`].filter(Boolean).join(' ');
    const ending = await end(command, args, { ...io.env, NODE_OPTIONS: options, SPANSEAL_REPORT_FILE: file });
    const text = await readFile(file, 'utf8').catch(() => '');
    const lines = text.split('\n').filter((each) => each !== '');
    return { processes: lines.map((each) => JSON.parse(each) as GuardedProcess), ending };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The application's own, or else the one beside this command. */
function findPreload(application: NodeJS.Require): string {
  const name = '@spanseal/node/register';
  try {
    return application.resolve(name);
  } catch {
    // The command is a link in a folder of its own.
    return createRequire(realpathSync(process.argv[1] ?? '.')).resolve(name);
  }
}

/** @returns how it failed: `exit code 1`, `SIGKILL`; undefined: it did not. */
function end(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const child = spawn(command, args, { env, stdio: ['inherit', 2, 2] });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  // They are meant for the command; this one goes on to say what it saw.
  const pass = (signal: NodeJS.Signals) => child.kill(constants.signals[signal]);
  for (const signal of signals) process.on(signal, pass);
  return new Promise<string | undefined>((resolve, reject) => {
    child.once('error', () => reject(argumentError('COMMAND', 'a program that can be run', 'none')));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`)));
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass);
  });
}
