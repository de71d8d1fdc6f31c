// Source: AWS partitions.json (botocore 1.43) and the endpoint rules of the services.

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

const REGION = /^[a-z]{2,4}(?:-[a-z]{2,16}){1,3}-\d{1,2}$/;
const VPC_ENDPOINT = /^vpce-[0-9a-z-]{1,63}$/;
/** Longer host names are none (RFC 1035). */
const LONGEST_HOST = 253;

/**
 * The service in a host name of AWS, plain, dual-stack, FIPS or a VPC endpoint's, in any partition: what stands before the
 * region, without `-fips`. Undefined for every other host.
 *
 * @param host lower case, no trailing dot, IPv6 in brackets; attacker-controlled.
 */
export function awsServiceOfHost(host: string): string | undefined {
  if (host.length > LONGEST_HOST) return undefined;
  for (const suffix of SUFFIXES) {
    if (!host.endsWith(`.${suffix}`)) continue;
    const service = serviceOfLabels(host.slice(0, -suffix.length - 1).split('.'));
    if (service !== undefined) return service;
  }
  return undefined;
}

function serviceOfLabels(labels: readonly string[]): string | undefined {
  const isVpc =
    labels.length > 3 && labels[labels.length - 1] === 'vpce' && VPC_ENDPOINT.test(labels[0] ?? '');
  const names = isVpc ? labels.slice(1, -1) : labels;
  // The global endpoint (`sts.amazonaws.com`) has no region.
  const service = REGION.test(names[names.length - 1] ?? '') ? names.slice(0, -1) : names;
  return service.length === 0 ? undefined : service.join('.').replace(/-fips$/, '');
}
