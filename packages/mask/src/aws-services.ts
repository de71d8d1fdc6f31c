import { awsServiceOfHost } from './aws-hosts.js';
import type { ServiceEndpoint } from './service-endpoint.js';
import type { CompiledServiceRule, ServiceFacts } from './service-rules.js';

/**
 * Names of a service in `rpc.service` and its like, without separators and without `AWS` or `Amazon` before it: of the SDKs
 * for JavaScript, Java, Python, Go and .NET, of X-Ray, and of the header `x-amz-target`.
 */
type ServiceNames = ReadonlyMap<string, string>;

const NAMES: ServiceNames = new Map([
  ['secretsmanager', 'secretsmanager'],
  ['ssm', 'ssm'],
  ['systemsmanager', 'ssm'],
  ['simplesystemsmanager', 'ssm'],
  ['simplesystemsmanagement', 'ssm'],
  ['kms', 'kms'],
  ['keymanagementservice', 'kms'],
  ['trentservice', 'kms'],
  ['sts', 'sts'],
  ['securitytoken', 'sts'],
  ['securitytokenservice', 'sts'],
]);
/** Names that are no other system's: they need no `rpc.system` beside them. */
const OWN_NAMES: ReadonlySet<string> = new Set(['secretsmanager', 'simplesystemsmanagement', 'trentservice']);
const HOSTS: ReadonlySet<string> = new Set(['secretsmanager', 'ssm', 'kms', 'sts']);

const EXTENDED_NAMES: ServiceNames = new Map([
  ['cognitoidentity', 'cognito-identity'],
  ['cognitoidentityprovider', 'cognito-idp'],
  ['sso', 'sso'],
  ['ssooidc', 'sso-oidc'],
  ['cloudhsmv2', 'cloudhsmv2'],
  ['rolesanywhere', 'rolesanywhere'],
  ['iam', 'iam'],
  ['identityandaccessmanagement', 'iam'],
  ['acmpca', 'acm-pca'],
  ['paymentcryptography', 'payment-cryptography'],
  ['paymentcryptographydata', 'payment-cryptography'],
]);
const EXTENDED_HOSTS: ReadonlyMap<string, string> = new Map([
  ['ssmmessages', 'ssmmessages'],
  ['ec2messages', 'ec2messages'],
  ['portal.sso', 'sso'],
  ['oidc', 'sso-oidc'],
  ['cognito-identity', 'cognito-identity'],
  ['cognito-idp', 'cognito-idp'],
  ['cloudhsmv2', 'cloudhsmv2'],
  ['rolesanywhere', 'rolesanywhere'],
  ['iam', 'iam'],
  ['acm-pca', 'acm-pca'],
  ['controlplane.payment-cryptography', 'payment-cryptography'],
  ['dataplane.payment-cryptography', 'payment-cryptography'],
]);

const LOCAL_HOSTS: ReadonlyMap<string, string> = new Map([
  ['169.254.169.254', 'instance-metadata'],
  ['[fd00:ec2::254]', 'instance-metadata'],
  ['[::ffff:a9fe:a9fe]', 'instance-metadata'],
  ['instance-data', 'instance-metadata'],
  ['instance-data.ec2.internal', 'instance-metadata'],
  ['169.254.170.2', 'container-credentials'],
  ['[::ffff:a9fe:aa02]', 'container-credentials'],
  ['169.254.170.23', 'container-credentials'],
  ['[::ffff:a9fe:aa17]', 'container-credentials'],
  ['[fd00:ec2::23]', 'container-credentials'],
]);
/** Where the Lambda Parameters and Secrets extension listens, unless a variable moves it. */
const EXTENSION_PORT = 2773;

/** Secret stores and credential endpoints: the default set. */
export const awsServices: CompiledServiceRule = {
  concerns: (host) => isLoopback({ host }) || LOCAL_HOSTS.has(host) || storeOfHost(host) !== undefined,
  match(facts) {
    const called = calledService(facts, NAMES);
    if (called !== undefined) return { service: called, preset: 'aws', rule: 'aws:rpc' };
    for (const endpoint of facts.endpoints) {
      const service = LOCAL_HOSTS.get(endpoint.host) ?? storeOfHost(endpoint.host);
      if (service !== undefined) return { service, preset: 'aws', rule: 'aws:host' };
      if (endpoint.port === EXTENSION_PORT && isLoopback(endpoint)) {
        const store = endpoint.path?.startsWith('/systemsmanager/') === true ? 'ssm' : 'secretsmanager';
        return { service: store, preset: 'aws', rule: 'aws:lambda-extension' };
      }
    }
    return undefined;
  },
};

/** Services that hand out or take credentials beside other things: opt-in. */
export const extendedAwsServices: CompiledServiceRule = {
  concerns: (host) => extendedServiceOfHost(awsServiceOfHost(host)) !== undefined,
  match(facts) {
    const called = calledService(facts, EXTENDED_NAMES);
    if (called !== undefined) return { service: called, preset: 'aws-extended', rule: 'aws-extended:rpc' };
    for (const { host } of facts.endpoints) {
      const service = extendedServiceOfHost(awsServiceOfHost(host));
      if (service !== undefined) return { service, preset: 'aws-extended', rule: 'aws-extended:host' };
    }
    return undefined;
  },
};

function storeOfHost(host: string): string | undefined {
  const service = awsServiceOfHost(host);
  return service !== undefined && HOSTS.has(service) ? service : undefined;
}

function extendedServiceOfHost(service: string | undefined): string | undefined {
  if (service === undefined) return undefined;
  // `x1y2.credentials.iot`: a prefix of the account.
  return /^[a-z0-9]{1,63}\.credentials\.iot$/.test(service) ? 'iot-credentials' : EXTENDED_HOSTS.get(service);
}

function calledService(
  { rpcSystem, rpcService, calledServices }: ServiceFacts,
  names: ServiceNames,
): string | undefined {
  const name = plainName(rpcService);
  const isAws = rpcSystem === 'aws-api' || rpcSystem === 'aws';
  const byRpc = isAws || (rpcSystem === '' && OWN_NAMES.has(name)) ? names.get(name) : undefined;
  if (byRpc !== undefined) return byRpc;
  for (const called of calledServices) {
    const known = names.get(plainName(called));
    if (known !== undefined) return known;
  }
  return undefined;
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^(?:aws|amazon)/, '');
}

/** True for this machine itself. */
function isLoopback({ host }: Pick<ServiceEndpoint, 'host'>): boolean {
  if (host === 'localhost' || host === '[::1]' || host === '0.0.0.0' || host === '[::]') return true;
  return /^127(?:\.\d{1,3}){3}$|^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(host);
}
