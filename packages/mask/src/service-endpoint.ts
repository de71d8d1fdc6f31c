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
/** An authority stands at the start; the rest of a long URL says nothing about the host. In UTF-16 units. */
const URL_LENGTH = 4096;

/** Every endpoint that the attributes name, once per attribute. Values are attacker-controlled. */
export function serviceEndpoints(attributes: Attributes): ServiceEndpoint[] {
  const port = firstPort(attributes);
  const path = firstText(attributes, PATH_KEYS);
  const endpoints: ServiceEndpoint[] = [];
  for (const key of HOST_KEYS) {
    const value = attributes[key];
    if (typeof value !== 'string' || value.length > 300) continue;
    const endpoint = readHost(value);
    if (endpoint !== undefined) endpoints.push({ host: endpoint.host, port: endpoint.port ?? port, path });
  }
  for (const key of URL_KEYS) {
    const value = attributes[key];
    const endpoint = typeof value === 'string' ? readUrl(value) : undefined;
    if (endpoint !== undefined) endpoints.push(endpoint);
  }
  return endpoints;
}

function firstText(attributes: Attributes, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = attributes[key];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

function firstPort(attributes: Attributes): number | undefined {
  for (const key of PORT_KEYS) {
    const port = Number(attributes[key] ?? Number.NaN);
    if (Number.isInteger(port)) return port;
  }
  return undefined;
}

/** The host and port that an attribute of a host's name holds; undefined when it is none. */
export function readHost(value: string): { host: string; port: number | undefined } | undefined {
  const text = value.trim().toLowerCase();
  if (text.includes('://')) return readUrl(text);
  // A bare IPv6 address has colons of its own.
  if ((text.match(/:/g)?.length ?? 0) > 1 && !text.startsWith('['))
    return { host: `[${text}]`, port: undefined };
  const parts = /^(\[[0-9a-f:.]+\]|[^:/?#@\s]+)(?::(\d{1,5}))?$/.exec(text);
  const host = parts?.[1];
  if (host === undefined) return undefined;
  const port = parts?.[2];
  return { host: withoutDot(host), port: port === undefined ? undefined : Number(port) };
}

/** The endpoint of a URL; undefined when it is none. */
export function readUrl(value: string): ServiceEndpoint | undefined {
  try {
    const url = new URL(value.slice(0, URL_LENGTH));
    if (url.hostname === '') return undefined;
    const port = url.port === '' ? defaultPort(url.protocol) : Number(url.port);
    return { host: withoutDot(url.hostname.toLowerCase()), port, path: url.pathname };
  } catch {
    return undefined;
  }
}

function defaultPort(protocol: string): number | undefined {
  if (protocol === 'https:') return 443;
  return protocol === 'http:' ? 80 : undefined;
}

function withoutDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}
