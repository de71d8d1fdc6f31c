import type { Attributes } from './attribute-value.js';
import { serviceEndpoints } from './service-endpoint.js';
import type { CompiledServiceRule, ServiceFacts, ServiceMatch } from './service-rules.js';

/** Names that instrumentations other than the conventions' give the service that was called. */
export const CALLED_KEYS: readonly string[] = ['aws.remote.service', 'aws.service', 'aws_service'];
/** `TrentService.Decrypt`: the one thing that names the service in a call to an emulator. */
export const TARGET_KEY = 'http.request.header.x-amz-target';
/** In UTF-16 units. */
const LONGEST_NAME = 300;

/** The first rule that knows the span's service as a sensitive one. */
export function findSensitiveService(
  rules: readonly CompiledServiceRule[],
  attributes: Attributes,
): ServiceMatch | undefined {
  if (rules.length === 0) return undefined;
  const facts = serviceFacts(attributes);
  for (const rule of rules) {
    const match = rule.match(facts);
    if (match !== undefined) return match;
  }
  return undefined;
}

/** What the attributes of a span tell about the service that it called. */
export function serviceFacts(attributes: Attributes): ServiceFacts {
  const rpcMethod = textOf(attributes['rpc.method']);
  const calledServices = CALLED_KEYS.map((key) => textOf(attributes[key]));
  calledServices.push(before('.', textOf(attributes[TARGET_KEY])));
  return {
    attributes,
    endpoints: serviceEndpoints(attributes),
    rpcSystem: textOf(attributes['rpc.system'] ?? attributes['rpc.system.name']),
    // Since 1.39 the conventions write service and method as one: `SecretsManager/GetSecretValue`.
    rpcService: textOf(attributes['rpc.service']) || before('/', rpcMethod.replace(/^\//, '')),
    calledServices: calledServices.filter((service) => service !== ''),
  };
}

function before(mark: string, text: string): string {
  const at = text.indexOf(mark);
  return at === -1 ? '' : text.slice(0, at);
}

/** A header's attribute is a list of values. */
function textOf(value: unknown): string {
  const text: unknown = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string' && text.length <= LONGEST_NAME ? text.trim().toLowerCase() : '';
}
