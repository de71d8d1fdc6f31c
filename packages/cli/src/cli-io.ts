/** All that the command touches of its process. */
export interface CliIo {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  readonly stderr: NodeJS.WritableStream & { isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One sub-command of `spanseal`. */
export interface Command {
  /** What `spanseal NAME --help` prints. */
  readonly usage: string;
  /** Runs it and gives the exit code. */
  run(args: readonly string[], io: CliIo): Promise<number>;
}
