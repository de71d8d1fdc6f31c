// The same as template.yaml for the AWS CDK: `cdk deploy --app 'node stack.mjs' …`, with aws-cdk-lib and constructs installed.
import { App, CfnParameter, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';

const { NODEJS_22_X, NODEJS_24_X } = Runtime;
const stack = new Stack(new App(), 'Orders');
const key = (field) => SecretValue.secretsManager('spanseal', { jsonField: field }).unsafeUnwrap();

const layer = (id, name) =>
  new LayerVersion(stack, id, {
    code: Code.fromAsset(`../../packages/lambda-layer/dist/spanseal-${name}-layer.zip`),
    compatibleRuntimes: [NODEJS_22_X, NODEJS_24_X],
  });

const orders = (id, layers, environment) =>
  new LambdaFunction(stack, id, {
    runtime: NODEJS_22_X,
    code: Code.fromAsset('function'),
    handler: 'handler.handler',
    timeout: Duration.seconds(10),
    layers,
    environment: {
      AWS_LAMBDA_EXEC_WRAPPER: '/opt/spanseal-handler',
      SPANSEAL_KEY_ID: key('SPANSEAL_KEY_ID'),
      SPANSEAL_SIGNING_KEY: key('SPANSEAL_SIGNING_KEY'),
      ...environment,
    },
  });

// Traced by another layer: the wrapper of ours hands on to the wrapper of that one.
const { valueAsString: tracingLayer } = new CfnParameter(stack, 'OpenTelemetryLayer');
orders('TracedOrders', [
  LayerVersion.fromLayerVersionArn(stack, 'Tracing', tracingLayer),
  layer('CompanionLayer', 'companion'),
  // To seal as well.
  layer('SealingLayer', 'sealing'),
]);

// Traced by nothing else.
const { valueAsString: endpoint } = new CfnParameter(stack, 'OtlpEndpoint');
orders('Orders', [layer('SelfContainedLayer', 'self-contained')], {
  OTEL_SERVICE_NAME: 'orders',
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
});
