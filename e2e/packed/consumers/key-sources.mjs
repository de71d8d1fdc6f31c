import * as sdk from '@aws-sdk/client-kms';
import * as exporter from '@spanseal/otlp-exporter';
import * as seal from '@spanseal/seal';
import * as awsKms from '@spanseal/seal/aws-kms';
import * as vault from '@spanseal/seal/vault';
import { runKeySources } from './key-path.cjs';

const settings = JSON.parse(process.argv[2]);
Object.assign(process.env, settings.env);
console.log(JSON.stringify(await runKeySources({ sdk, exporter, seal, awsKms, vault }, settings)));
