import { codeOf } from '@spanseal/seal';
import type { Headers } from './header-list.js';

/** One attempt to send a request. */
export interface Attempt {
  readonly body: Uint8Array;
  readonly headers: Headers;
  /** When it has to be over, in milliseconds since the Unix epoch. */
  readonly deadlineMillis: number;
  /** Is aborted when the exporter is shut down. */
  readonly signal: AbortSignal;
}

/** How an attempt ended. No part of what was sent is ever in it, and of what was answered only the message of a success. */
export type Answer =
  /** The receiver took it; its message is still to be read. `isSent`: all of the body has left, and nobody reads it any more. */
  | {
      readonly kind: 'taken';
      readonly message: Uint8Array;
      readonly status: Status;
      readonly isSent: boolean;
    }
  /** It may be sent again, after the time that the receiver asks for; at once where the connection was a stale one. */
  | {
      readonly kind: 'again';
      readonly reason: string;
      readonly status?: Status;
      readonly afterMillis?: number;
      readonly isStale?: boolean;
    }
  /** It may not. */
  | { readonly kind: 'refused'; readonly reason: string; readonly status?: Status };

/** The number of HTTP's, the name of gRPC's. */
type Status = number | string;

/** Sends requests to one receiver. */
export interface Transport {
  /** Never rejects. */
  send(attempt: Attempt): Promise<Answer>;
  /** Cuts what is still on its way, and lets go of all connections. What is sent later is refused. */
  close(): void;
}

/** Errors of a connection after which the same request may be sent again. Those of TLS are not among them: they fail closed. */
const passing: readonly string[] = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND'],
  ...['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EMFILE', 'ENFILE', 'EADDRNOTAVAIL'],
];

/** What a connection's error means. Its message is not passed on; its code is a constant of Node.js or OpenSSL. */
export function answerTo(error: unknown): Answer {
  const code = codeOf(error) ?? 'an unknown error';
  return passing.includes(code) ? { kind: 'again', reason: code } : { kind: 'refused', reason: code };
}

/** After close(). */
export const closed: Answer = { kind: 'refused', reason: 'an exporter that is shut down' };
