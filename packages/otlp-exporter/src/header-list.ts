import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { OtlpProtocol } from './endpoint.js';
import { type ExporterFault, kindOf } from './exporter-error.js';
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
  ...['te', 'spanseal-batch', 'user-agent', 'trailer', 'upgrade', 'expect'],
];

/** Headers that were given, or the list of `OTEL_EXPORTER_OTLP_HEADERS`. */
export function readHeaders(given: unknown, { env }: Place, faults: ExporterFault[]): HeaderSource {
  if (typeof given === 'function') return given as HeaderSource;
  if (given !== undefined) {
    if (typeof given === 'object' && given !== null) return checkHeaders(given, 'options.headers', faults);
    faults.push({ path: 'options.headers', expected: 'an object, or a function', got: kindOf(given) });
    return {};
  }
  const variable = otlpVariable(env, 'HEADERS');
  if (variable === undefined) return {};
  return checkHeaders(parseList(variable.value), variable.name, faults);
}

/** Headers by their names in lower case; what cannot be sent is a fault. A name is not shown: it can be a value that slipped. */
export function checkHeaders(given: object, path: string, faults: ExporterFault[]): Headers {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const key = name.toLowerCase();
    const got = faultOf(key, value);
    if (got === undefined) headers[key] = value;
    else faults.push({ path, expected: 'names and values of HTTP headers', got });
  }
  return headers;
}

function faultOf(name: string, value: unknown): string | undefined {
  if (reserved.includes(name)) return `${name}, which the exporter sets`;
  if (name.startsWith('grpc-')) return 'a name that gRPC keeps for itself';
  if (typeof value !== 'string') return `a value that is ${kindOf(value)}`;
  try {
    validateHeaderName(name);
  } catch {
    return 'a name that is none';
  }
  try {
    validateHeaderValue(name, value);
  } catch {
    return 'a value that is none';
  }
  return undefined;
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
