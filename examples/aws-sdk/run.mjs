// Runs app.cjs against the small part of AWS that `spanseal demo` brings; what follows `run.mjs` are flags for its Node.js.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { plantSecrets, startAwsEndpoint } from '@spanseal/demo';

const endpoint = new AbortController();
const port = await startAwsEndpoint(plantSecrets(), endpoint.signal);
const env = {
  ...process.env,
  AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'example',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
};
const app = spawn(process.execPath, [...process.argv.slice(2), '--require', './tracing.cjs', 'app.cjs'], {
  env,
  stdio: 'inherit',
});
const [code] = await once(app, 'exit');
endpoint.abort();
process.exitCode = code ?? 1;
