// Starts the runtime client of Node.js 22 with what the environment says, as Lambda's own start of it does.
import { pathToFileURL } from 'node:url';

const { run } = await import(
  pathToFileURL(`${process.argv[2]}/node_modules/aws-lambda-ric/dist/index.mjs`).href
);
await run(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
