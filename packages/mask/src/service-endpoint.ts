import type { Attributes } from './attribute-value.js';

/** Where a span went to, as far as its attributes tell. */
export interface ServiceEndpoint {
  /** Lower case, no trailing dot, IPv6 in brackets. */
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string | undefined;
}

export const HOST_KEYS: readonly string[] = [
  'server.address',
  'net.peer.name',
  'http.host',
  'peer.service',
  'net.sock.peer.name',
  'network.peer.address',
  'net.sock.peer.addr',
  'net.peer.ip',
  'url.domain',
  'peer.address',
  'dns.question.name',
  'http.request.header.host',
  'tls.client.server_name',
];
export const URL_KEYS: readonly string[] = ['url.full', 'http.url', 'url.original'];
const PORT_KEYS = [
  'server.port',
  'net.peer.port',
  'network.peer.port',
  'net.sock.peer.port',
  'url.port',
] as const;
const PATH_KEYS = ['url.path', 'http.target'] as const;
/** What is read of a URL behind its authority, in UTF-16 units: the rest says nothing about the service. */
const URL_LENGTH = 4096;
const LONGEST_HOST = 300;

/** Every endpoint that the attributes name, once per attribute. Values are attacker-controlled. */
export function serviceEndpoints(attributes: Attributes): ServiceEndpoint[] {
  const port = firstPort(attributes);
  const path = firstPath(attributes);
  const endpoints: ServiceEndpoint[] = [];
  for (const key of HOST_KEYS) {
    const value = textOf(attributes[key]);
    const endpoint = value === undefined || value.length > LONGEST_HOST ? undefined : readHost(value);
    if (endpoint !== undefined)
      endpoints.push({ ...endpoint, port: endpoint.port ?? port, path: endpoint.path ?? path });
  }
  for (const key of URL_KEYS) {
    const value = textOf(attributes[key]);
    const endpoint = value === undefined ? undefined : readUrl(value);
    if (endpoint !== undefined) endpoints.push(endpoint);
  }
  // A rule of the policy may ask for a port or a path alone.
  if (endpoints.length === 0 && (port !== undefined || path !== undefined))
    endpoints.push({ host: '', port, path });
  return endpoints;
}

/** A header's attribute is a list of values. */
function textOf(value: unknown): string | undefined {
  const text: unknown = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string' ? text : undefined;
}

function firstPath(attributes: Attributes): string | undefined {
  for (const key of PATH_KEYS) {
    const value = attributes[key];
    if (typeof value !== 'string') continue;
    // A request to a proxy has the whole URL as its target; another target has the query behind its path.
    return readUrl(value)?.path ?? /^[^?#]*/.exec(value.slice(0, URL_LENGTH))?.[0];
  }
  return undefined;
}

function firstPort(attributes: Attributes): number | undefined {
  for (const key of PORT_KEYS) {
    const value = attributes[key];
    const port = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
    if (Number.isInteger(port) && port > 0) return port;
  }
  return undefined;
}

type PartialEndpoint = Pick<ServiceEndpoint, 'host' | 'port'> & { readonly path?: string | undefined };

/** The host and port that an attribute of a host's name holds; undefined when it is none. */
export function readHost(value: string): PartialEndpoint | undefined {
  const text = value.trim().toLowerCase();
  if (text.includes('://')) return readUrl(text);
  // A bare IPv6 address has colons of its own.
  const isBare = !text.startsWith('[') && text.indexOf(':') !== text.lastIndexOf(':');
  if (isBare) return { host: canonicalHost(`[${text}]`), port: undefined };
  const parts = /^(\[[0-9a-f:.]+\]|[^:/?#@\s\\]+)(?::(\d{1,5}))?$/.exec(text);
  const host = parts?.[1];
  if (host === undefined) return undefined;
  const port = parts?.[2];
  return { host: canonicalHost(host), port: port === undefined ? undefined : Number(port) };
}

/** Addresses have many spellings (`0xa9fea9fe`, `::ffff:169.254.169.254`); names have one. */
function canonicalHost(host: string): string {
  const name = withoutDot(host);
  if (!name.startsWith('[') && /^[a-z0-9_.-]*[a-z_][^.]*$/.test(name) && !/(?:^|\.)0x[0-9a-f]*$/.test(name))
    return name;
  return readUrl(`http://${name}/`)?.host ?? name;
}

/** The endpoint of a URL; undefined when it is none. */
export function readUrl(value: string): ServiceEndpoint | undefined {
  try {
    const url = new URL(boundedUrl(value));
    if (url.hostname === '') return undefined;
    const port = url.port === '' ? defaultPort(url.protocol) : Number(url.port);
    return { host: withoutDot(url.hostname.toLowerCase()), port, path: url.pathname };
  } catch {
    return undefined;
  }
}

/**
 * What is read of a long URL. Its host may stand behind a userinfo of any length, and parsers take much longer over a host
 * than over anything else.
 */
function boundedUrl(value: string): string {
  if (value.length <= URL_LENGTH) return value;
  const start = value.indexOf('://') + 3;
  // Parsers take `https:\\host` and `https:/host` for URLs too: only of a usual one it is known where the authority ends.
  if (start < 3) return value.slice(0, URL_LENGTH);
  const end = start + value.slice(start).search(/[/\\?#]|$/);
  const host = Math.max(start, value.lastIndexOf('@', end - 1) + 1);
  return (
    value.slice(0, start) +
    value.slice(host, Math.min(end, host + URL_LENGTH)) +
    value.slice(end, end + URL_LENGTH)
  );
}

function defaultPort(protocol: string): number | undefined {
  if (protocol === 'https:') return 443;
  return protocol === 'http:' ? 80 : undefined;
}

function withoutDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}
