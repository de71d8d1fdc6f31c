import type { Attributes, AttributeValue } from './attribute-value.js';
import { serviceEndpoints } from './service-endpoint.js';
import { type ServiceMatch, servicePresets } from './service-rules.js';

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
  const attributes = { 'server.address': address };
  const facts = { attributes, endpoints: serviceEndpoints(attributes), rpcSystem: '', rpcService: '' };
  return preset.match(facts)?.service === match.service;
}
