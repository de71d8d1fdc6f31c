import type { ServiceEndpoint } from './service-endpoint.js';
import type { CompiledServiceRule, ServiceFacts } from './service-rules.js';

/** A host, or several of one service, by an anchored pattern. */
export interface ServiceHost {
  readonly service: string;
  /** Tested on the host in lower case, without a dot at its end, IPv6 in brackets. Starts with ^ and ends with $. */
  readonly host: RegExp;
  readonly port?: number;
  /** Tested on the path of the URL. */
  readonly path?: RegExp;
}

/** A service preset as data. */
export interface ServicePreset {
  readonly name: string;
  /** `rpc.service` in lower case. */
  readonly rpc?: readonly (readonly [pattern: RegExp, service: string])[];
  readonly hosts: readonly ServiceHost[];
}

/** No host name is longer (RFC 1035). */
const LONGEST_HOST = 253;
/** Paths of the services are short; what stands behind does not decide. In UTF-16 units. */
const LONGEST_PATH = 2048;

/** Compiles a preset. Its rules are called `name:rpc` and `name:host`. */
export function compileServicePreset({ name, rpc = [], hosts }: ServicePreset): CompiledServiceRule {
  // A rule for any host may need no host at all.
  const isAnywhere = hosts.some(({ host }) => host.source === '^');
  return {
    ...(isAnywhere ? {} : { concerns: (host) => hosts.some((known) => known.host.test(host)) }),
    match({ endpoints, rpcService }: ServiceFacts) {
      const called = rpc.find(([pattern]) => pattern.test(rpcService))?.[1];
      if (called !== undefined) return { service: called, preset: name, rule: `${name}:rpc` };
      for (const endpoint of endpoints) {
        const known = hosts.find((host) => isAt(endpoint, host));
        if (known !== undefined) return { service: known.service, preset: name, rule: `${name}:host` };
      }
      return undefined;
    },
  };
}

function isAt(endpoint: ServiceEndpoint, { host, port, path }: ServiceHost): boolean {
  if (endpoint.host.length > LONGEST_HOST || !host.test(endpoint.host)) return false;
  if (port !== undefined && endpoint.port !== port) return false;
  return (
    path === undefined || (endpoint.path !== undefined && path.test(endpoint.path.slice(0, LONGEST_PATH)))
  );
}
