/** How much is printed. `none` prints nothing, not even that nothing is protected. */
export const logLevels = ['none', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What all copies of this package in a process share: the preload loads its parts as files of their own. */
const sharedKey: unique symbol = Symbol.for('spanseal.node.notices/v1');

interface Shared {
  limit: LogLevel;
  readonly printed: Set<string>;
}

/** Where the global object takes nothing any more. */
let unshared: Shared | undefined;

function shared(): Shared {
  const holder = globalThis as { [sharedKey]?: Shared };
  const known = holder[sharedKey] ?? unshared;
  if (known !== undefined) return known;
  const fresh: Shared = { limit: 'warn', printed: new Set() };
  if (!Reflect.defineProperty(globalThis, sharedKey, { value: fresh })) unshared = fresh;
  return fresh;
}

/** Sets what {@link notice} prints. Default: `warn`. */
export function setLogLevel(level: LogLevel): void {
  shared().limit = level;
}

/** Prints a line on standard error, each only once. Takes names and kinds, never a value. Never throws. */
export function notice(level: Exclude<LogLevel, 'none'>, text: string): void {
  const { limit, printed } = shared();
  if (logLevels.indexOf(level) > logLevels.indexOf(limit) || printed.has(text)) return;
  printed.add(text);
  try {
    const { stderr } = process;
    // A closed pipe is reported asynchronously, and an event `error` without a listener ends the process.
    stderr.write(`spanseal: ${level}: ${text}\n`, (error) => {
      if (error && stderr.listenerCount('error') === 0) stderr.once('error', () => undefined);
    });
  } catch {
    // There is nobody to tell.
  }
}
