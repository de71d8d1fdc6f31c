import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Policy } from '@spanseal/mask';
import { type KeyValue, parseTraceRequest, type Span, type TraceRequest } from '@spanseal/otlp';
import { CaptureScan } from '../src/scan/capture-scan.js';
import type { ScanReport } from '../src/scan/scan-report.js';

export const vectors: string = join(__dirname, 'vectors');

/** The requests of a recorded capture. */
export function recorded(name: string): TraceRequest[] {
  const text = gunzipSync(readFileSync(join(vectors, name))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => parseTraceRequest(line));
}

/** What a scan of requests reports under a policy. */
export function scanned(requests: readonly TraceRequest[], policy?: Policy): ScanReport {
  const scan = new CaptureScan(policy);
  scan.addCapture(requests);
  return scan.report();
}

/** A request with one span. */
export function requestOf(span: Span, service = 'checkout'): TraceRequest {
  const resource = { attributes: [textAttribute('service.name', service)] };
  const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
  return {
    resourceSpans: [{ resource, scopeSpans: [{ spans: [{ ...ids, name: 'work', kind: 1, ...span }] }] }],
  };
}

export function textAttribute(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}

/** A report on one text attribute. */
export function scannedAttribute(key: string, value: string, policy?: Policy): ScanReport {
  return scanned([requestOf({ attributes: [textAttribute(key, value)] })], policy);
}

/** Random text of an alphabet, the same for the same seed (mulberry32). */
export function seededText(seed: number, length: number, alphabet: string): string {
  let state = seed >>> 0;
  let text = '';
  for (let at = 0; at < length; at += 1) {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    text += alphabet[((mixed ^ (mixed >>> 14)) >>> 0) % alphabet.length];
  }
  return text;
}

export const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
