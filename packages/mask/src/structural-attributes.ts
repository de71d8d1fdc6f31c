import type { Attributes, AttributeValue } from './attribute-value.js';
import { serviceFacts } from './sensitive-service.js';
import { servicePresets } from './service-presets.js';
import type { ServiceMatch } from './service-rules.js';

const KEPT: readonly string[] = [
  'rpc.system',
  'rpc.system.name',
  'rpc.service',
  'rpc.method',
  'cloud.region',
  'http.request.method',
  'http.method',
  'http.response.status_code',
  'http.status_code',
];
const WORD = /^[A-Za-z0-9_.$/ -]{1,100}$/;

/**
 * What a span of a sensitive service keeps of its attributes: the structural allow-list, and `server.address` only when it
 * is the service's own host. Values that are no short plain words, or cannot be read, are left out. Never throws.
 */
export function structuralAttributes(attributes: Attributes, match: ServiceMatch): Attributes {
  try {
    return keepListed(attributes, match);
  } catch {
    return {};
  }
}

function keepListed(attributes: Attributes, match: ServiceMatch): Attributes {
  const kept: { [key: string]: AttributeValue } = {};
  for (const key of KEPT) {
    const value = attributes[key];
    if (typeof value === 'number' || (typeof value === 'string' && WORD.test(value))) kept[key] = value;
  }
  const address = attributes['server.address'];
  if (typeof address === 'string' && isOwnHost(address, match)) kept['server.address'] = address;
  return kept;
}

function isOwnHost(address: string, match: ServiceMatch): boolean {
  const preset = servicePresets.get(match.preset);
  if (preset === undefined) return false;
  return preset.match(serviceFacts({ 'server.address': address }))?.service === match.service;
}

/**
 * What the name of such a span becomes: `Service.Method` of an RPC and the bare method of an HTTP call are structure, any
 * other name is the app's own text and gives way to the service's.
 *
 * @param kept what {@link structuralAttributes} gave for the span.
 */
export function structuralName(name: string, kept: Attributes, match: ServiceMatch): string {
  const { 'rpc.service': service, 'rpc.method': rpcMethod } = kept;
  const names = [rpcMethod, kept['http.request.method'], kept['http.method']];
  if (service !== undefined && rpcMethod !== undefined) {
    names.push(`${service}.${rpcMethod}`, `${service}/${rpcMethod}`);
  }
  return names.includes(name) ? name : match.service;
}
