import { lookup } from 'node:dns';
import {
  type ClientRequest,
  type IncomingMessage,
  Agent as PlainAgent,
  request as plainRequest,
} from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isBelowLocalhost } from './endpoint.js';
import type { Headers } from './header-list.js';
import type { OtlpSettings } from './otlp-settings.js';
import { identityCheck } from './public-key-pins.js';
import { retryAfterMillis } from './retry-after.js';
import type { TlsFiles } from './tls-files.js';
import { type Answer, type Attempt, answerTo, closed, type Transport } from './transport.js';
import { userAgent } from './user-agent.js';

/** No genuine receiver sends a longer answer: some 64 kB of words about what was refused. */
const longestMessage = 256 * 1024;
/** As in the OTLP specification, "Retryable Response Codes". */
const passingStatus: readonly number[] = [429, 502, 503, 504];

const compress = promisify(gzip);

/** Sends requests over HTTP/1.1, with and without TLS, on connections that stay open. */
export class HttpTransport implements Transport {
  readonly #settings: OtlpSettings;
  readonly #tls: TlsFiles | undefined;
  readonly #fixedHeaders: Headers;
  #agent: PlainAgent;
  /** Of connections of before a change of TLS, on which something may still be on its way. */
  readonly #former = new Set<PlainAgent>();
  #context: SecureContext | undefined;
  #isClosed = false;

  /** @param tls undefined for plaintext. */
  constructor(settings: OtlpSettings, tls: TlsFiles | undefined) {
    this.#settings = settings;
    this.#tls = tls;
    this.#context = tls?.context(Date.now());
    this.#agent = this.#newAgent();
    this.#fixedHeaders = {
      'content-type': settings.protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
      'user-agent': userAgent,
      ...(settings.compression === 'gzip' && { 'content-encoding': 'gzip' }),
    };
  }

  async send({ body, headers, deadlineMillis, signal }: Attempt): Promise<Answer> {
    const content = this.#settings.compression === 'gzip' ? await compress(body) : body;
    if (this.#isClosed || signal.aborted) return closed;
    const length = { 'content-length': String(content.length) };
    return new Promise((resolve) => {
      try {
        const request = this.#open({ ...headers, ...this.#fixedHeaders, ...length });
        const settle = (answer: Answer): void => {
          clearTimeout(patience);
          signal.removeEventListener('abort', giveUp);
          resolve(this.#isClosed && answer.kind === 'again' ? closed : answer);
        };
        const giveUp = (): void => {
          settle(late);
          request.destroy();
        };
        const patience = setTimeout(giveUp, Math.max(0, deadlineMillis - Date.now()));
        signal.addEventListener('abort', giveUp);
        if (!this.#settings.pace.keepsAlive) {
          patience.unref();
          request.on('socket', (socket) => socket.unref());
        }
        request.on('error', (error) => settle(answerToRequest(request, error)));
        request.on('response', (response) => read({ request, response }, settle));
        request.end(content);
      } catch (error) {
        resolve(answerTo(error));
      }
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const agent of [this.#agent, ...this.#former]) agent.destroy();
  }

  #open(headers: Headers): ClientRequest {
    const { host, port, path } = this.#settings.endpoint;
    const context = this.#tls?.context(Date.now());
    if (context !== this.#context) this.#renew(context);
    const options = { method: 'POST', host, port, path, headers, agent: this.#agent };
    if (this.#tls !== undefined) return secureRequest(options);
    const isBelow = isBelowLocalhost(this.#settings.endpoint);
    return plainRequest({ ...options, ...(isBelow && { lookup: lookupLocalhost }) });
  }

  /** Requests on their way keep the connections of before; those close once they are idle. */
  #renew(context: SecureContext | undefined): void {
    const before = this.#agent;
    for (const agent of this.#former) if (isIdle(agent)) this.#former.delete(agent);
    this.#former.add(before);
    this.#context = context;
    this.#agent = this.#newAgent();
    before.on('free', (socket: Socket) => socket.destroy());
    for (const socket of Object.values(before.freeSockets).flat()) socket?.destroy();
  }

  #newAgent(): PlainAgent {
    const { concurrencyLimit: maxSockets, tls } = this.#settings;
    const options = { keepAlive: true, maxSockets };
    if (tls === undefined) return new PlainAgent(options);
    return new SecureAgent({
      ...options,
      ...(this.#context !== undefined && { secureContext: this.#context }),
      // Not what NODE_TLS_REJECT_UNAUTHORIZED says.
      rejectUnauthorized: true,
      // Node.js does not check the host again, nor the pins, when a session is resumed.
      maxCachedSessions: 0,
      checkServerIdentity: identityCheck(tls.pins),
    });
  }
}

function isIdle({ sockets, requests }: PlainAgent): boolean {
  return Object.keys(sockets).length === 0 && Object.keys(requests).length === 0;
}

const lookupLocalhost: LookupFunction = (_, options, done) => lookup('localhost', options, done);

const late: Answer = { kind: 'again', reason: 'ETIMEDOUT' };

/** A server closes an idle connection whenever it likes: a request that met this moment loses no time. */
function answerToRequest(request: ClientRequest, error: Error): Answer {
  const answer = answerTo(error);
  const isStale = request.reusedSocket && answer.kind === 'again' && answer.reason === 'ECONNRESET';
  return isStale ? { ...answer, isStale } : answer;
}

interface Exchange {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
}

function read(exchange: Exchange, settle: (answer: Answer) => void): void {
  const { response } = exchange;
  const { statusCode: status = 0 } = response;
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= longestMessage) chunks.push(chunk);
    else response.destroy();
  });
  response.on('end', () => settle(answerOf(exchange, Buffer.concat(chunks))));
  response.on('error', (error) => settle({ ...answerTo(error), status }));
  // An answer that was too long, or that ended early without an error.
  response.on('close', () => settle({ kind: 'refused', reason: 'an answer that has no end', status }));
}

function answerOf({ request, response }: Exchange, message: Buffer): Answer {
  const { statusCode: status = 0, headers } = response;
  // A receiver can answer before it has read the body.
  if (status >= 200 && status < 300)
    return { kind: 'taken', message, status, isSent: request.writableFinished };
  const reason = `HTTP status ${status}`;
  if (!passingStatus.includes(status)) return { kind: 'refused', reason, status };
  const afterMillis = retryAfterMillis(headers['retry-after'], Date.now());
  return { kind: 'again', reason, status, ...(afterMillis !== undefined && { afterMillis }) };
}
