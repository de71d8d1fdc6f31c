import type { Attributes, AttributeValue } from '../../src/index.js';
import type { Random } from './random.js';

const HOSTS = [
  ...[
    'secretsmanager.eu-west-1.amazonaws.com',
    'kms-fips.us-east-1.amazonaws.com',
    'sts.cn-north-1.amazonaws.com.cn',
  ],
  ...[
    'vpce-1-2.kms.us-east-1.vpce.amazonaws.com',
    'ssm.us-east-1.api.aws',
    '169.254.169.254',
    '169.254.170.2',
    'x.example',
  ],
  ...[
    'secretmanager.googleapis.com',
    'v.vault.azure.net',
    'vault.internal',
    'api.stripe.com',
    'amazonaws.com',
    '',
    '[',
  ],
  ...['KMS.us-east-1.amazonaws.com.', 'kms.us-east-1.amazonaws.com.evil.example', 'localhost', '::1'],
];
const KEYS = [
  ...[
    'server.address',
    'net.peer.name',
    'http.host',
    'url.full',
    'http.url',
    'peer.service',
    'network.peer.address',
  ],
  ...[
    'rpc.service',
    'rpc.system',
    'rpc.method',
    'aws.remote.service',
    'http.request.header.host',
    'url.domain',
  ],
];
const SERVICES = ['SecretsManager', 'KMS', 'SSM', 'S3', 'SecretsManager/GetSecretValue', 'aws-api', 'sts'];

/** Attributes that name the service that a span calls, or one that is nearly its name. */
export function fuzzEndpoint(random: Random): Attributes {
  const attributes: { [key: string]: AttributeValue } = {};
  for (let left = 1 + random.int(3); left > 0; left -= 1) {
    const key = random.pick(KEYS);
    const name = random.once(3) ? random.pick(SERVICES) : random.pick(HOSTS);
    const isUrl = /url/.test(key) || random.once(6);
    const text = isUrl
      ? `${random.pick(['https://', 'http://u:p@', '', 'https:///'])}${name}${random.pick(['/', ':443/x', '', '?a=b', '\\'])}`
      : name;
    attributes[key] = random.once(8) ? [text] : text;
  }
  return attributes;
}
