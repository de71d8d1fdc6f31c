import type { Attributes } from './attribute-value.js';
import { anyGlob } from './name-glob.js';
import type { ServiceEndpoint } from './service-endpoint.js';

/** A span that belongs to a sensitive service. */
export interface ServiceMatch {
  /** The endpoint's own short name in lower case (`secretsmanager`, `kms` …), or the name of the policy's own rule. */
  readonly service: string;
  /** The service preset that knows it, or `policy`. */
  readonly preset: string;
  /** What it was known by, as in `aws:rpc` or `aws:host`. */
  readonly rule: string;
}

/** What a service rule looks at. */
export interface ServiceFacts {
  readonly attributes: Attributes;
  readonly endpoints: readonly ServiceEndpoint[];
  readonly rpcSystem: string;
  /** Lower case, from `rpc.service`, or the part of `rpc.method` before its slash. */
  readonly rpcService: string;
  /** What other conventions call the service that was called, as written. */
  readonly calledServices: readonly string[];
}

export interface CompiledServiceRule {
  /** Whether the rule can match an endpoint on this host, whatever its port and path; undefined: it may match every span. */
  readonly concerns?: (host: string) => boolean;
  match(facts: ServiceFacts): ServiceMatch | undefined;
}

/** A service rule of the policy with its lists taken in: of a list, any element may match. */
export interface ServiceCriteria {
  readonly name: string;
  readonly rpcServices: readonly string[] | undefined;
  readonly hosts: readonly string[] | undefined;
  readonly hostPattern: { test(text: string): boolean } | undefined;
  readonly port: number | undefined;
  readonly paths: readonly string[] | undefined;
  readonly attributes: readonly (readonly [key: string, globs: readonly string[]])[];
}

/** Compiles a service rule of the policy: everything that it gives must match. */
export function compileServiceRule(criteria: ServiceCriteria): CompiledServiceRule {
  const { name, port, hostPattern } = criteria;
  const rpcServices = criteria.rpcServices?.map((service) => service.toLowerCase());
  const host = criteria.hosts === undefined ? undefined : anyGlob(criteria.hosts.map(asHostGlob));
  const path = criteria.paths === undefined ? undefined : anyGlob(criteria.paths);
  const wanted = criteria.attributes.map(([key, globs]) => [key, anyGlob(globs)] as const);
  const byEndpoint = host !== undefined || path !== undefined || port !== undefined;
  const matches = { service: name.toLowerCase(), preset: 'policy', rule: name };
  return {
    ...(host === undefined || wanted.length > 0 || hostPattern !== undefined ? {} : { concerns: host }),
    match(facts) {
      const { rpcService, attributes, endpoints } = facts;
      if (rpcServices?.includes(rpcService) === false) return undefined;
      if (!wanted.every(([key, glob]) => holds(attributes[key], glob))) return undefined;
      if (hostPattern !== undefined && !addresses(facts).some((text) => hostPattern.test(text)))
        return undefined;
      if (!byEndpoint) return matches;
      const found = endpoints.some(
        (endpoint) =>
          (host?.(endpoint.host) ?? true) &&
          (port === undefined || endpoint.port === port) &&
          (path === undefined || (endpoint.path !== undefined && path(endpoint.path))),
      );
      return found ? matches : undefined;
    },
  };
}

function holds(value: unknown, glob: (text: string) => boolean): boolean {
  if (Array.isArray(value))
    return value.some((element) => typeof element !== 'object' && holds(element, glob));
  return value !== undefined && value !== null && typeof value !== 'object' && glob(String(value));
}

/** As endpoints spell their hosts: no dot at the end, IPv6 in brackets. */
function asHostGlob(glob: string): string {
  if (glob.includes(':') && !glob.startsWith('[')) return `[${glob}]`;
  return glob.length > 1 && glob.endsWith('.') ? glob.slice(0, -1) : glob;
}

/** Host names, and URLs as far as an authority reaches. */
function addresses({ endpoints, attributes }: ServiceFacts): string[] {
  const urls = ['url.full', 'http.url'].flatMap((key) => {
    const url = attributes[key];
    return typeof url === 'string' ? [url.slice(0, 4096)] : [];
  });
  return [...endpoints.map(({ host }) => host), ...urls];
}
