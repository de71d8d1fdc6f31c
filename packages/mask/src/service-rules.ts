import type { Attributes } from './attribute-value.js';
import { awsServiceOfHost, lambdaExtensionService } from './aws-hosts.js';
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
}

export interface CompiledServiceRule {
  /** Whether the rule can match an endpoint on this host, whatever its port and path; undefined: any span at all. */
  readonly concerns?: (host: string) => boolean;
  match(facts: ServiceFacts): ServiceMatch | undefined;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0']);
const AWS_RPC: ReadonlyMap<string, string> = new Map([
  ['secretsmanager', 'secretsmanager'],
  ['secrets manager', 'secretsmanager'],
  ['ssm', 'ssm'],
  ['kms', 'kms'],
  ['sts', 'sts'],
]);

const aws: CompiledServiceRule = {
  concerns: (host) => LOOPBACK.has(host) || awsServiceOfHost(host) !== undefined,
  match({ endpoints, rpcSystem, rpcService }) {
    const called = rpcSystem === 'aws-api' || rpcSystem === 'aws' ? AWS_RPC.get(rpcService) : undefined;
    if (called !== undefined) return { service: called, preset: 'aws', rule: 'aws:rpc' };
    for (const { host, port, path } of endpoints) {
      const service = awsServiceOfHost(host);
      if (service !== undefined) return { service, preset: 'aws', rule: 'aws:host' };
      if (port === 2773 && LOOPBACK.has(host)) {
        return { service: lambdaExtensionService(path), preset: 'aws', rule: 'aws:lambda-extension' };
      }
    }
    return undefined;
  },
};

const gcp = hostPreset('gcp', {
  rpc: new Map([
    ['google.cloud.secretmanager.v1.secretmanagerservice', 'secretmanager'],
    ['google.cloud.secretmanager.v1beta2.secretmanagerservice', 'secretmanager'],
    ['google.cloud.kms.v1.keymanagementservice', 'cloudkms'],
    ['google.iam.credentials.v1.iamcredentials', 'iamcredentials'],
  ]),
  hosts: [
    [
      /^secretmanager(?:\.mtls)?\.googleapis\.com$|^secretmanager\.[a-z0-9-]{1,40}\.rep\.googleapis\.com$/,
      'secretmanager',
    ],
    [
      /^(?:[a-z0-9-]{1,40}-)?cloudkms(?:\.mtls)?\.googleapis\.com$|^cloudkms\.[a-z0-9-]{1,40}\.rep\.googleapis\.com$/,
      'cloudkms',
    ],
    [/^iamcredentials(?:\.mtls)?\.googleapis\.com$/, 'iamcredentials'],
    [/^sts(?:\.mtls)?\.googleapis\.com$/, 'sts'],
    [/^oauth2(?:\.mtls)?\.googleapis\.com$/, 'oauth2'],
    [/^metadata(?:\.google\.internal)?$|^169\.254\.169\.254$/, 'instance-metadata'],
  ],
});

const azure = hostPreset('azure', {
  rpc: new Map(),
  hosts: [
    [
      /^[a-z0-9-]{1,63}\.(?:vault|managedhsm)\.(?:azure\.net|azure\.cn|usgovcloudapi\.net|microsoftazure\.de)$/,
      'keyvault',
    ],
    [
      /^[a-z0-9-]{1,63}\.privatelink\.vaultcore\.azure\.net$|^[a-z0-9-]{1,63}\.vaultcore\.azure\.net$/,
      'keyvault',
    ],
    [
      /^login(?:\.microsoftonline\.(?:com|us)|\.windows\.net|\.partner\.microsoftonline\.cn|\.chinacloudapi\.cn)$/,
      'entra',
    ],
    [/^(?:[a-z0-9-]{1,40}\.)?(?:login\.microsoft\.com|sts\.windows\.net)$/, 'entra'],
    [/^169\.254\.169\.254$/, 'instance-metadata'],
  ],
});

const VAULT_HOST = /^(?:[a-z0-9-]{1,63}-)?vault(?:-[a-z0-9-]{1,63})?(?:\.|$)/;

/** Known by its API path, or by its port on a host that is called vault. */
const vault: CompiledServiceRule = {
  concerns: (host) => LOOPBACK.has(host) || VAULT_HOST.test(host),
  match({ endpoints }) {
    for (const { host, port, path } of endpoints) {
      const named = VAULT_HOST.test(host);
      if (!named && !(LOOPBACK.has(host) && port === 8200)) continue;
      if (port === 8200 || path?.startsWith('/v1/') === true) {
        return { service: 'vault', preset: 'vault', rule: 'vault:host' };
      }
    }
    return undefined;
  },
};

interface HostPreset {
  readonly rpc: ReadonlyMap<string, string>;
  readonly hosts: readonly (readonly [RegExp, string])[];
}

function hostPreset(preset: string, { rpc, hosts }: HostPreset): CompiledServiceRule {
  return {
    concerns: (host) => hosts.some(([pattern]) => pattern.test(host)),
    match({ endpoints, rpcService }) {
      const called = rpc.get(rpcService);
      if (called !== undefined) return { service: called, preset, rule: `${preset}:rpc` };
      for (const { host } of endpoints) {
        if (host.length > 253) continue;
        const known = hosts.find(([pattern]) => pattern.test(host));
        if (known !== undefined) return { service: known[1], preset, rule: `${preset}:host` };
      }
      return undefined;
    },
  };
}

/** The service presets by name. */
export const servicePresets: ReadonlyMap<string, CompiledServiceRule> = new Map([
  ['aws', aws],
  ['gcp', gcp],
  ['azure', azure],
  ['vault', vault],
]);

/** A service rule of the policy with its lists taken in: of a list, any element may match. */
export interface ServiceCriteria {
  readonly name: string;
  readonly rpcServices: readonly string[] | undefined;
  readonly hosts: readonly string[] | undefined;
  readonly port: number | undefined;
  readonly paths: readonly string[] | undefined;
  readonly attributes: readonly (readonly [key: string, globs: readonly string[]])[];
}

/** Compiles a service rule of the policy: everything that it gives must match. */
export function compileServiceRule(criteria: ServiceCriteria): CompiledServiceRule {
  const { name, port } = criteria;
  const rpcServices = criteria.rpcServices?.map((service) => service.toLowerCase());
  const host = criteria.hosts === undefined ? undefined : anyGlob(criteria.hosts.map(asHostGlob));
  const path = criteria.paths === undefined ? undefined : anyGlob(criteria.paths);
  const wanted = criteria.attributes.map(([key, globs]) => [key, anyGlob(globs)] as const);
  const byEndpoint = host !== undefined || path !== undefined || port !== undefined;
  const matches = { service: name.toLowerCase(), preset: 'policy', rule: name };
  return {
    ...(host === undefined || wanted.length > 0 ? {} : { concerns: host }),
    match({ rpcService, attributes, endpoints }) {
      if (rpcServices?.includes(rpcService) === false) return undefined;
      if (!wanted.every(([key, glob]) => holds(attributes[key], glob))) return undefined;
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
