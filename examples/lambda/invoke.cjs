// Invokes the function twice, as Lambda does: the second event makes it fail.
const { provider } = require('./tracing.cjs');
const { handler } = require('./function/handler.cjs');

const context = {
  functionName: 'orders',
  awsRequestId: 'local',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:orders',
};

async function main() {
  await handler({ order: 7, card: '4111 1111 1111 1111', password: 'hunter2' }, context);
  await handler({ email: 'alice@example.com' }, context).catch(() => undefined);
  await provider.shutdown();
}

main();
