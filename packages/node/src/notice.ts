/** How much is printed. `none` prints nothing, not even that nothing is protected. */
export const logLevels = ['none', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

let limit: LogLevel = 'warn';
const printed = new Set<string>();

/** Sets what {@link notice} prints. Default: `warn`. */
export function setLogLevel(level: LogLevel): void {
  limit = level;
}

/** Prints a line on standard error, each only once. Takes names and kinds, never a value. Never throws. */
export function notice(level: Exclude<LogLevel, 'none'>, text: string): void {
  if (logLevels.indexOf(level) > logLevels.indexOf(limit) || printed.has(text)) return;
  printed.add(text);
  try {
    process.stderr.write(`spanseal: ${level}: ${text}\n`);
  } catch {
    // There is nobody to tell.
  }
}
