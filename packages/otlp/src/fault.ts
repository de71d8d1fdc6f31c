import { types } from 'node:util';
import { OtlpError, type OtlpErrorCode } from './otlp-error.js';

type Reason = OtlpErrorCode extends `ERR_SPANSEAL_OTLP_${infer R}` ? R : never;

/**
 * A refusal on its way out. The lists it passes put their name in front of its path, so that the good case pays nothing. It is
 * no Error: nobody reads its stack, which would be most of what a refusal costs.
 */
class Fault {
  readonly code: OtlpErrorCode;
  readonly expected: string;
  readonly got: string;
  path = '';

  constructor(reason: Reason, expected: string, got: string) {
    this.code = `ERR_SPANSEAL_OTLP_${reason}`;
    this.expected = expected;
    this.got = got;
  }
}

/** Refuses what is being read or written. `got` is a kind, never a value. */
export function refuse(reason: Reason, expected: string, got: string): never {
  throw new Fault(reason, expected, got);
}

/** The same, with the name of the member. */
export function refuseMember(name: string, reason: Reason, { expected, got }: Refusal): never {
  throw within(new Fault(reason, expected, got), name);
}

export interface Refusal {
  expected: string;
  got: string;
}

/** Puts a step in front of a fault's path, and gives it back to be thrown. */
export function within(error: unknown, name: string, index?: number): unknown {
  if (error instanceof Fault) {
    const step = index === undefined ? name : `${name}[${index}]`;
    error.path =
      error.path === '' || error.path.startsWith('[') ? step + error.path : `${step}.${error.path}`;
  }
  return error;
}

/** Runs what a public function does; a fault leaves it as an OtlpError. */
export function orOtlpError<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw toOtlpError(error);
  }
}

/** What leaves a public function of what was thrown in it. */
export function toOtlpError(error: unknown): unknown {
  return error instanceof Fault ? new OtlpError(error) : error;
}

/** The kind of a value, for `got`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (types.isUint8Array(value)) return 'bytes';
  return typeof value;
}
