// Source: AWS partitions.json (botocore 1.43) and the endpoint rules of the four services.

/** DNS suffixes of `service.region.suffix`, plain and dual-stack, of every partition. */
const SUFFIXES: readonly string[] = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'c2s.ic.gov',
  'sc2s.sgov.gov',
  'cloud.adc-e.uk',
  'csp.hci.ic.gov',
  'api.aws',
  'api.amazonwebservices.com.cn',
  'api.amazonwebservices.eu',
  'api.aws.ic.gov',
  'api.aws.scloud',
  'api.cloud-aws.adc-e.uk',
  'api.aws.hci.ic.gov',
];

const SERVICE = /^(secretsmanager|ssm|kms|sts)(?:-fips)?$/;
const REGION = /^[a-z]{2,4}(?:-[a-z]{2,16}){1,3}-\d{1,2}$/;
const VPC_ENDPOINT = /^vpce-[0-9a-z-]{1,63}$/;

const LOCAL_ENDPOINTS: ReadonlyMap<string, string> = new Map([
  ['169.254.169.254', 'instance-metadata'],
  ['[fd00:ec2::254]', 'instance-metadata'],
  ['[::ffff:a9fe:a9fe]', 'instance-metadata'],
  ['169.254.170.2', 'container-credentials'],
  ['169.254.170.23', 'container-credentials'],
  ['[fd00:ec2::23]', 'container-credentials'],
]);

/**
 * The service behind a host of AWS that hands out secrets or credentials, or undefined: `secretsmanager`, `ssm`, `kms`,
 * `sts`, `instance-metadata` (IMDS), `container-credentials` (ECS, EKS). Anchored at both ends.
 *
 * @param host lower case, no trailing dot, IPv6 in brackets; attacker-controlled.
 */
export function awsServiceOfHost(host: string): string | undefined {
  const local = LOCAL_ENDPOINTS.get(host);
  if (local !== undefined || host.length > 253) return local;
  for (const suffix of SUFFIXES) {
    if (!host.endsWith(`.${suffix}`)) continue;
    const service = serviceOfLabels(host.slice(0, -suffix.length - 1).split('.'));
    if (service !== undefined) return service;
  }
  return undefined;
}

function serviceOfLabels(labels: readonly string[]): string | undefined {
  const vpc = labels.length === 4 && labels[3] === 'vpce' && VPC_ENDPOINT.test(labels[0] ?? '');
  const [name, region, ...rest] = vpc ? labels.slice(1, 3) : labels;
  const service = SERVICE.exec(name ?? '')?.[1];
  if (service === undefined || rest.length > 0) return undefined;
  // The global endpoint (`sts.amazonaws.com`) has no region.
  return region === undefined || REGION.test(region) ? service : undefined;
}

/** The service that the Lambda Parameters and Secrets extension answers for on localhost:2773. */
export function lambdaExtensionService(path: string | undefined): string {
  return path?.startsWith('/systemsmanager/') === true ? 'ssm' : 'secretsmanager';
}
