import { validateHeaderName, validateHeaderValue } from 'node:http';
import { kindOf } from '@spanseal/seal';
import type { OtlpProtocol } from './endpoint.js';
import type { ExporterFault } from './exporter-error.js';
import { type Environment, otlpVariable } from './otlp-environment.js';

export type Headers = Readonly<Record<string, string>>;

/** Headers, or a function that gives those of the next request: for tokens that expire. */
export type HeaderSource = Headers | (() => Headers | Promise<Headers>);

interface Place {
  readonly env: Environment;
  readonly protocol: OtlpProtocol;
}

/** The exporter's own: another value would make a request that is something else than it says. */
const reserved: readonly string[] = [
  ...['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'host', 'connection'],
  ...['te', 'spanseal-batch', 'user-agent', 'trailer', 'upgrade', 'expect', 'accept-encoding'],
];

/** Headers that were given, or the list of `OTEL_EXPORTER_OTLP_HEADERS`. */
export function readHeaders(given: unknown, { env, protocol }: Place, faults: ExporterFault[]): HeaderSource {
  if (typeof given === 'function') return given as HeaderSource;
  if (given !== undefined) return checkHeaders(given, { path: 'options.headers', protocol }, faults);
  const variable = otlpVariable(env, 'HEADERS');
  if (variable === undefined) return {};
  return checkHeaders(parseList(variable.value), { path: variable.name, protocol }, faults);
}

/** Headers by their names in lower case; what cannot be sent is a fault. A name is not shown: it can be a value that slipped. */
export function checkHeaders(
  given: unknown,
  { path, protocol }: { readonly path: string; readonly protocol: OtlpProtocol },
  faults: ExporterFault[],
): Headers {
  const headers: Record<string, string> = Object.create(null);
  // A list, a Map or a Headers of fetch has its members elsewhere: taken for an object, it would be one without headers.
  if (typeof given !== 'object' || given === null || Symbol.iterator in given) {
    const got = typeof given === 'object' && given !== null ? 'a list' : kindOf(given);
    faults.push({ path, expected: 'an object of names and texts', got });
    return headers;
  }
  for (const [name, value] of Object.entries(given)) {
    const key = name.toLowerCase();
    const got = faultOf(key, value, protocol);
    if (got === undefined) headers[key] = value;
    else faults.push({ path, expected: 'names and values of headers', got });
  }
  return headers;
}

function faultOf(name: string, value: unknown, protocol: OtlpProtocol): string | undefined {
  if (reserved.includes(name)) return `${name}, which the exporter sets`;
  if (name.startsWith('grpc-')) return 'a name that gRPC keeps for itself';
  if (typeof value !== 'string') return `a value that is ${kindOf(value)}`;
  if (!holds(() => validateHeaderName(name))) return 'an invalid header name';
  if (!holds(() => validateHeaderValue(name, value))) return 'an invalid header value';
  return protocol === 'grpc' ? faultOfMetadata(name, value) : undefined;
}

/** gRPC over HTTP/2, "Custom-Metadata": fewer characters than HTTP has. */
function faultOfMetadata(name: string, value: string): string | undefined {
  if (!/^[0-9a-z_.-]+$/.test(name)) return 'a name gRPC does not allow';
  if (name.endsWith('-bin')) return 'a name of binary metadata';
  return /^[ -~]*$/.test(value) ? undefined : 'a value that gRPC cannot carry';
}

function holds(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** `name=value` pairs, percent-encoded, with commas between them: a list as in W3C Baggage, without properties. */
function parseList(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.trim());
  return Object.fromEntries(pairs.filter((pair) => pair !== '').map(parsePair));
}

function parsePair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  // A pair without "=" is no header: an empty name is refused like any other that is none.
  if (at < 0) return ['', ''];
  return [decoded(pair.slice(0, at).trim()), decoded(pair.slice(at + 1).trim())];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
