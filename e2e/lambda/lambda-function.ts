import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InvocationOutcome, type RuntimeApi, startRuntimeApi } from './runtime-api.js';

const root = join(__dirname, '../..');
const peers = process.env['SPANSEAL_LAMBDA'] ?? '';
const binaries = (process.env['SPANSEAL_NODES'] ?? '').split(',');

/** The runtimes: a Node.js with the client that Lambda has for it. */
export const runtimes = ['nodejs22.x', 'nodejs24.x'] as const;
export type Runtime = (typeof runtimes)[number];

/** The runtime clients, as Lambda starts them. */
const clients: Readonly<Record<Runtime, readonly string[]>> = {
  'nodejs22.x': ['client-3.mjs', 'client-3'],
  'nodejs24.x': ['', 'client-4/node_modules/aws-lambda-ric/index.mjs'],
};

/** A layer as Lambda unpacks it. */
export type Layer = 'companion' | 'sealing' | 'self-contained' | 'upstream';

export interface FunctionOptions {
  readonly runtime: Runtime;
  readonly layers: readonly Layer[];
  /** `file.export`, in `functions`. */
  readonly handler: string;
  /** The program of a layer that starts the runtime. */
  readonly wrapper?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A function in one execution environment: a process that stands still whenever it has nothing to do. */
export class LambdaFunction {
  readonly #api: RuntimeApi;
  readonly #child: ChildProcess;
  readonly #opt: string;
  #log = '';
  /** From the start of the process until it asked for its first event, in milliseconds. */
  readonly initMillis: number;

  private constructor(api: RuntimeApi, child: ChildProcess, given: { opt: string; initMillis: number }) {
    this.#api = api;
    this.#child = child;
    this.#opt = given.opt;
    this.initMillis = given.initMillis;
  }

  /** Starts it, and freezes it once it is ready. Rejects with what the runtime says when it does not come up. */
  static async start(options: FunctionOptions): Promise<LambdaFunction> {
    const api = await startRuntimeApi();
    const opt = unpack(options.layers);
    const begin = performance.now();
    const child = launch(options, api.address, opt);
    let log = '';
    let started: LambdaFunction | undefined;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        log += chunk;
        if (started !== undefined) started.#log = log;
      });
    const gone = once(child, 'exit').then(() => Promise.reject(new Error(`the runtime ended: ${log}`)));
    gone.catch(() => undefined);
    try {
      await Promise.race([api.asked(), gone]);
    } catch (error) {
      child.kill('SIGKILL');
      await api.stop();
      throw error;
    }
    started = new LambdaFunction(api, child, { opt, initMillis: performance.now() - begin });
    started.#log = log;
    child.kill('SIGSTOP');
    return started;
  }

  /** What the process printed. */
  get log(): string {
    return this.#log;
  }

  /** Wakes it up for one event, and freezes it as soon as it asks for the next one. */
  async invoke(event: unknown = {}, timeoutMillis = 30_000): Promise<InvocationOutcome> {
    this.#child.kill('SIGCONT');
    const outcome = await this.#api.invoke(event, timeoutMillis);
    await this.#api.asked();
    this.#child.kill('SIGSTOP');
    return outcome;
  }

  /** Ends the environment. `SIGTERM`: as for a function with an extension, which is waited for; `SIGKILL`: as for others. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGCONT');
    this.#child.kill(signal);
    if (this.#child.exitCode === null && this.#child.signalCode === null) await gone;
    await this.#api.stop();
    rmSync(this.#opt, { recursive: true, force: true });
  }
}

/** A folder in place of `/opt`, with what these layers hold. */
function unpack(layers: readonly Layer[]): string {
  const opt = mkdtempSync(join(tmpdir(), 'spanseal-opt-'));
  for (const layer of layers) {
    const isUpstream = layer === 'upstream';
    const from = isUpstream ? join(peers, 'upstream/opt') : join(root, 'packages/lambda-layer/dist', layer);
    cpSync(from, opt, { recursive: true });
    if (isUpstream) symlinkSync(join(peers, 'upstream/node_modules'), join(opt, 'node_modules'));
  }
  return opt;
}

function launch({ runtime, handler, wrapper, env }: FunctionOptions, api: string, opt: string): ChildProcess {
  const major = runtime.slice('nodejs'.length, -'.x'.length);
  const node = binaries.find((path) => path.includes(`node-${major}.`));
  if (node === undefined) throw new Error(`no Node.js ${major} in SPANSEAL_NODES: run npm run e2e`);
  if (peers === '') throw new Error('no runtime clients of Lambda in SPANSEAL_LAMBDA: npm run e2e says why');
  const [own = '', client = ''] = clients[runtime];
  const program =
    own === '' ? [join(peers, client)] : [join(__dirname, 'functions', own), join(peers, client)];
  const command = [...(wrapper === undefined ? [] : [join(opt, wrapper)]), node, ...program];
  const [file = '', ...args] = command;
  const taskRoot = join(__dirname, 'functions');
  return spawn(file, args, {
    cwd: taskRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: taskRoot,
      AWS_LAMBDA_RUNTIME_API: api,
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fn',
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/29/[$LATEST]0',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      ...env,
    },
  });
}
