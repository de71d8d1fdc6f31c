import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { guardRecord } from './guard-record.js';
import { notice } from './notice.js';
import { shutDownOnSignal } from './signal-shutdown.js';

const auto = '@opentelemetry/auto-instrumentations-node/register';
const sdk = '@opentelemetry/sdk-node';
/** Well below what hosts wait after the signal before they kill a process: Kubernetes 30 seconds, Docker 10. In milliseconds. */
const longestShutdownMillis = 5000;

/**
 * Starts an SDK of the application's own packages, as the `OTEL_*` variables say: auto-instrumentations-node, or else sdk-node
 * without instrumentations. Does nothing when a provider is registered. Never throws.
 */
export function startSdk(): void {
  if (guardRecord().providers.length > 0) return;
  try {
    for (const folder of applicationFolders()) {
      const load = createRequire(join(folder, 'noop.js'));
      if (loadFirst(load)) return;
    }
    const expected = `${auto.replace('/register', '')} or ${sdk}, installed beside the application`;
    notice(
      'error',
      `ERR_SPANSEAL_CONFIG: SPANSEAL_START_SDK: expected ${expected}, got none; nothing is traced`,
    );
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error;
    notice('error', `SPANSEAL_START_SDK: the SDK cannot be started (${kind}); nothing is traced`);
  }
}

function loadFirst(load: NodeJS.Require): boolean {
  if (isThere(load, auto)) {
    load(auto);
    return true;
  }
  if (!isThere(load, sdk)) return false;
  const { NodeSDK } = load(sdk) as { NodeSDK: new () => { start(): void; shutdown(): Promise<void> } };
  const started = new NodeSDK();
  started.start();
  process.once('beforeExit', () => void started.shutdown().catch(() => undefined));
  shutDownOnSignal(started, longestShutdownMillis);
  return true;
}

function isThere(load: NodeJS.Require, name: string): boolean {
  try {
    load.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Where the application's packages are: beside its main file, or in the folder that it was started in. */
function applicationFolders(): string[] {
  const [, main] = process.argv;
  return [...(main === undefined ? [] : [dirname(resolve(main))]), process.cwd()];
}
