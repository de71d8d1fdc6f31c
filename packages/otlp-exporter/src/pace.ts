import { setTimeout as sleep } from 'node:timers/promises';
import { kindOf, shownOption } from '@spanseal/seal';
import type { ExporterFault } from './exporter-error.js';

/** How requests are tried, for a host that stops the process between two pieces of work, as AWS Lambda does. */
export interface Pace {
  /** How long one attempt takes at most, in milliseconds. Default: as long as the whole export may. */
  attemptMillis?: number;
  /** Makes an attempt: calls `send`, and gives what it gives. What it throws fails the export. Default: nothing else. */
  attempt?: <T>(send: () => Promise<T>) => Promise<T>;
  /**
   * Waits before a request is sent again. `millis` is what the exporter would wait; 0 after a connection that was closed while it was
   * idle. The signal says that nobody waits for the request any more. Default: a timer.
   */
  pause?: (millis: number, signal: AbortSignal) => Promise<void>;
  /** Whether requests on their way over HTTP keep the process from ending. Default: true. */
  keepsAlive?: boolean;
}

/** A pace that was checked, each member with a value. */
export type CheckedPace = Required<Pace>;

const usual: CheckedPace = {
  attemptMillis: Number.POSITIVE_INFINITY,
  attempt: (send) => send(),
  pause: (millis, signal) => sleep(millis, undefined, { signal }),
  keepsAlive: true,
};

/** The pace with defaults. Faults go to `faults`. */
export function readPace(given: unknown, faults: ExporterFault[]): CheckedPace {
  if (given === undefined) return usual;
  const path = 'options.pace';
  if (typeof given !== 'object' || given === null) {
    faults.push({ path, expected: 'an object', got: kindOf(given) });
    return usual;
  }
  const members: Readonly<Record<string, unknown>> = { ...given };
  for (const name of Object.keys(members).filter((each) => !Object.hasOwn(usual, each))) {
    const expected = `only ${Object.keys(usual).join(', ')}`;
    faults.push({ path: `${path}.${shownOption(name)}`, expected, got: 'an unknown option' });
  }
  const { attemptMillis = usual.attemptMillis, attempt = usual.attempt, pause = usual.pause } = members;
  const { keepsAlive = usual.keepsAlive } = members;
  if (typeof attemptMillis !== 'number' || !(attemptMillis > 0)) {
    faults.push({
      path: `${path}.attemptMillis`,
      expected: 'a number of milliseconds above 0',
      got: kindOf(attemptMillis),
    });
  }
  for (const [name, value] of Object.entries({ attempt, pause })) {
    if (typeof value !== 'function')
      faults.push({ path: `${path}.${name}`, expected: 'a function', got: kindOf(value) });
  }
  if (typeof keepsAlive !== 'boolean')
    faults.push({ path: `${path}.keepsAlive`, expected: 'true or false', got: kindOf(keepsAlive) });
  return { attemptMillis, attempt, pause, keepsAlive } as CheckedPace;
}
