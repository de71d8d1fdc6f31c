import { kindOf } from '@spanseal/seal';
import type { ExporterFault } from './exporter-error.js';
import { type Environment, otlpVariable, type Variable } from './otlp-environment.js';

const protocols = ['grpc', 'http/protobuf', 'http/json'] as const;

/** How requests travel, by the names of `OTEL_EXPORTER_OTLP_PROTOCOL`. */
export type OtlpProtocol = (typeof protocols)[number];

/** Where requests go. */
export interface Endpoint {
  /** Without brackets for an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** Path and query; `/` for gRPC, which has none. */
  readonly path: string;
  readonly isSecure: boolean;
}

/** The protocol; `http/protobuf` when nothing says another. */
export function readProtocol(given: unknown, env: Environment, faults: ExporterFault[]): OtlpProtocol {
  const variable = given === undefined ? otlpVariable(env, 'PROTOCOL') : undefined;
  const value = given ?? variable?.value ?? 'http/protobuf';
  const known = protocols.find((protocol) => protocol === value);
  if (known !== undefined) return known;
  const path = variable?.name ?? 'options.protocol';
  faults.push({ path, expected: protocols.join(', '), got: kindOf(value) });
  return 'http/protobuf';
}

interface Wanted {
  readonly protocol: OtlpProtocol;
  readonly url: unknown;
  /** Whether plaintext to other hosts is wanted. */
  readonly insecure: boolean;
}

/** Beside a fault. Secure, so that nothing is said of plaintext that nobody asked for. */
const nowhere: Endpoint = { host: 'localhost', port: 4318, path: '/', isSecure: true };

/** The endpoint; faults for what is none, and for plaintext that would leave the host unasked. */
export function readEndpoint(
  { protocol, url, insecure }: Wanted,
  env: Environment,
  faults: ExporterFault[],
): Endpoint {
  const variable = url === undefined ? otlpVariable(env, 'ENDPOINT') : undefined;
  const path = variable?.name ?? 'options.url';
  const text = url ?? variable?.value ?? (protocol === 'grpc' ? 'http://localhost:4317' : localHttp);
  const expected = protocol === 'grpc' ? 'an http(s) URL without a path, or host:port' : 'an http(s) URL';
  const refuse = (got: string): Endpoint => {
    faults.push({ path, expected, got });
    return nowhere;
  };
  if (typeof text !== 'string') return refuse(kindOf(text));
  const parsed = parseUrl(protocol === 'grpc' ? withScheme(text, insecure) : text);
  if (parsed === undefined) return refuse('another text');
  if (parsed.username !== '' || parsed.password !== '') return refuse('one with credentials: use headers');
  if (parsed.hash !== '') return refuse('one with a fragment');
  const endpoint = endpointOf(parsed, protocol, variable);
  if (protocol === 'grpc' && endpoint.path !== '/') return refuse('one with a path');
  if (!endpoint.isSecure && !insecure && !isLoopback(endpoint.host))
    faults.push({
      path,
      expected: 'https, a host that is this one, or tls.insecure (OTEL_EXPORTER_OTLP_INSECURE=true)',
      got: 'plaintext to another host',
    });
  return endpoint;
}

const localHttp = 'http://localhost:4318/v1/traces';

/** Without a scheme, the variable OTEL_EXPORTER_OTLP_INSECURE decides (the specification's rule for gRPC). */
function withScheme(text: string, insecure: boolean): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  return `${insecure ? 'http' : 'https'}://${text}`;
}

function parseUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

function endpointOf(url: URL, protocol: OtlpProtocol, variable: Variable | undefined): Endpoint {
  const isSecure = url.protocol === 'https:';
  // For gRPC the port of the scheme is as good as none was given: the default of gRPC is the scheme's.
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const isBase = variable !== undefined && !variable.isOfTraces && protocol !== 'grpc';
  const path = isBase ? `${url.pathname.replace(/\/$/, '')}/v1/traces` : url.pathname;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, path: path + url.search, isSecure };
}

/**
 * Whether plaintext goes to a name below `localhost`, which is this host (RFC 6761 §6.3). Not every resolver knows that: one that asks
 * the network would send the plaintext to whoever answers. So it is not asked.
 */
export function isBelowLocalhost({ host, isSecure }: Endpoint): boolean {
  return !isSecure && host.endsWith('.localhost');
}

/** RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3; `URL` has written the address in its shortest form. */
function isLoopback(host: string): boolean {
  return /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})$/.test(host);
}
