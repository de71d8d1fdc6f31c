import type { Attributes } from './attribute-value.js';
import { serviceEndpoints } from './service-endpoint.js';
import type { CompiledServiceRule, ServiceMatch } from './service-rules.js';

/** The first rule that knows the span's service as a sensitive one. */
export function findSensitiveService(
  rules: readonly CompiledServiceRule[],
  attributes: Attributes,
): ServiceMatch | undefined {
  if (rules.length === 0) return undefined;
  const rpcSystem = textOf(attributes['rpc.system'] ?? attributes['rpc.system.name']);
  const facts = {
    attributes,
    endpoints: serviceEndpoints(attributes),
    rpcSystem,
    rpcService: textOf(attributes['rpc.service']) || serviceOfMethod(textOf(attributes['rpc.method'])),
  };
  for (const rule of rules) {
    const match = rule.match(facts);
    if (match !== undefined) return match;
  }
  return undefined;
}

/** Since 1.39 the conventions write service and method as one: `SecretsManager/GetSecretValue`. */
function serviceOfMethod(method: string): string {
  const slash = method.indexOf('/');
  return slash === -1 ? '' : method.slice(0, slash);
}

function textOf(value: unknown): string {
  return typeof value === 'string' && value.length <= 300 ? value.trim().toLowerCase() : '';
}
