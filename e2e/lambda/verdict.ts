import { decodeTraceRequest, parseTraceRequest, type Span } from '@spanseal/otlp';
import { createKeyRing, createVerifier, type Report } from '@spanseal/seal';
import type { TakenRequest } from './collector.js';

export const key = {
  SPANSEAL_SIGNING_KEY: `base64:${Buffer.alloc(32, 9).toString('base64')}`,
  SPANSEAL_KEY_ID: 'k-lambda',
};

/** The report on all that a collector took. */
export function reportOn(taken: readonly TakenRequest[]): Report {
  const keyRing = createKeyRing({ primary: { id: key.SPANSEAL_KEY_ID, secret: key.SPANSEAL_SIGNING_KEY } });
  const verifier = createVerifier({ keyRing });
  for (const request of taken) verifier.add(isJson(request) ? JSON.parse(textOf(request)) : request.body);
  return verifier.finish();
}

/** What it found. A stream without an end is nothing to find here: an environment is killed without a word. */
export function faultsIn({ findings }: Report): Report['findings'] {
  return findings.filter(({ verdict }) => verdict !== 'truncated');
}

/** The spans of the function in it, each once; checkpoints left out. */
export function spansIn(taken: readonly TakenRequest[]): Span[] {
  const spans = taken
    .map((request) => (isJson(request) ? parseTraceRequest(request.body) : decodeTraceRequest(request.body)))
    .flatMap(({ resourceSpans }) => resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
    .filter(({ name }) => name !== 'spanseal.checkpoint');
  return [...new Map(spans.map((span) => [span.spanId, span])).values()];
}

function isJson({ headers }: TakenRequest): boolean {
  return headers['content-type'] === 'application/json';
}

function textOf({ body }: TakenRequest): string {
  return Buffer.from(body).toString();
}
