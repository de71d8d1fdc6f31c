const sdk = require('@aws-sdk/client-kms');
const exporter = require('@spanseal/otlp-exporter');
const seal = require('@spanseal/seal');
const awsKms = require('@spanseal/seal/aws-kms');
const vault = require('@spanseal/seal/vault');
const { runKeySources } = require('./key-path.cjs');

const settings = JSON.parse(process.argv[2]);
Object.assign(process.env, settings.env);
runKeySources({ sdk, exporter, seal, awsKms, vault }, settings).then((told) =>
  console.log(JSON.stringify(told)),
);
