import { type ChildProcess, fork } from 'node:child_process';
import { devNull } from 'node:os';
import { appPath } from '../../app-path.cjs';
import type { AppSettings, FromApp, SpanRecord, ToApp } from './app/message.js';

/** The app, in a process of its own: instrumentation has to be there before anything else is loaded. */
export interface AppProcess {
  /** The port that the app's HTTP server listens on. */
  readonly port: number;
  /** The spans as they were before masking, once the app has finished. Rejects when the app fails or ends before. */
  readonly recorded: Promise<readonly SpanRecord[]>;
  /** Has the app send what it still holds, and end. */
  finish(): void;
}

// What a user's shell may hold for the real AWS, a real collector or a proxy must not reach the demo.
const foreignVariable = /^(?:AWS_|OTEL_|SPANSEAL_|GRPC_|NODE_)|_proxy$/i;
const longestComplaint = 2_000;

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !foreignVariable.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_ENV: 'production',
    NODE_NO_WARNINGS: '1',
  };
}

/** The line that names the error: what follows it is a stack. */
function errorIn(complaint: string): string {
  return complaint.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? '';
}

/** Settles with the child's next message of `type`, and fails when it fails or ends before. */
function expectMessage<T extends FromApp['type']>(
  child: ChildProcess,
  type: T,
): Promise<Extract<FromApp, { type: T }>> {
  let complaint = '';
  child.stderr?.on('data', (text) => {
    complaint = `${complaint}${text}`.slice(-longestComplaint);
  });
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`The app ${why}. ${errorIn(complaint)}`.trim()));
    child.on('message', (message: FromApp) => {
      if (message.type === 'failed') fail(`failed: ${message.reason}`);
      if (message.type === type) resolve(message as Extract<FromApp, { type: T }>);
    });
    child.once('error', () => fail('could not be started'));
    child.once('exit', (code, signal) => fail(`ended early (${signal ?? `code ${code}`})`));
  });
}

/** Starts the app. It ends with the signal, and with this process, whatever way this process ends. */
export async function startApp(settings: AppSettings, signal: AbortSignal): Promise<AppProcess> {
  const child = fork(appPath, {
    env: environment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    signal,
    killSignal: 'SIGKILL',
  });
  // Whoever waits for a message has a listener of its own; this one is for when nobody does.
  child.on('error', () => undefined);
  const listening = expectMessage(child, 'listening');
  const recorded = expectMessage(child, 'finished').then(({ spans }) => spans);
  recorded.catch(() => undefined);
  const tell = (message: ToApp): void => {
    child.send(message);
  };
  tell({ type: 'start', settings });
  const { port } = await listening;
  return { port, recorded, finish: () => tell({ type: 'finish' }) };
}
