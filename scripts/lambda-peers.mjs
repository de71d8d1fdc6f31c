// What the Lambda layers are tried with: the runtime clients of Lambda for Node.js, and the packages of which the layer of the
// OpenTelemetry project is made.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary } from './node-binary.mjs';

const folder = fileURLToPath(new URL('../.cache/lambda-peers', import.meta.url));

/** Of Node.js 24 and later. Its native part is built here, and is the same for the one before. */
const newClient = { name: 'client-4', packages: ['aws-lambda-ric@4.0.2'] };
/** Of Node.js 22. To build its own native part takes autoconf, automake and libtool besides. */
const oldClient = { name: 'client-3', packages: ['aws-lambda-ric@3.3.0'], flags: ['--ignore-scripts'] };
/** The line that the layer of the OpenTelemetry project has. */
const upstream = {
  name: 'upstream',
  flags: ['--ignore-scripts'],
  packages: [
    ...[
      '@opentelemetry/api@1.9.1',
      '@opentelemetry/sdk-trace-node@2.12.1',
      '@opentelemetry/resources@2.12.1',
    ],
    ...['@opentelemetry/exporter-trace-otlp-http@0.223.1', '@opentelemetry/instrumentation@0.223.0'],
    '@opentelemetry/instrumentation-aws-lambda@0.75.0',
  ],
};
const wanted = JSON.stringify([newClient, oldClient, upstream]);

/** Folder of them all, installed when they are not there yet. Ends the process where they cannot be. */
export function lambdaPeers() {
  const stamp = `${folder}/installed`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  console.error(
    'Setting up: the runtime clients of Lambda (a minute or two; cmake, make, g++ and python3 are needed) …',
  );
  rmSync(folder, { recursive: true, force: true });
  for (const peer of [newClient, oldClient, upstream]) install(peer);
  const native = 'node_modules/aws-lambda-ric';
  cpSync(
    `${folder}/${newClient.name}/${native}/rapid-client.node`,
    `${folder}/${oldClient.name}/${native}/dist/rapid-client.node`,
  );
  writeFileSync(stamp, wanted);
  return folder;
}

function install({ name, packages, flags = [] }) {
  const cwd = `${folder}/${name}`;
  mkdirSync(cwd, { recursive: true });
  writeFileSync(`${cwd}/package.json`, '{ "private": true }\n');
  const binary = nodeBinary('22.23.3');
  const env = {
    ...process.env,
    PATH: `${dirname(binary)}:${process.env.PATH}`,
    // The headers that the native part is built with come with Node.js.
    npm_config_nodedir: headersOf(binary),
  };
  const args = ['install', '--no-fund', '--no-audit', '--loglevel=error', ...flags, ...packages];
  const { status } = spawnSync('npm', args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0) return;
  console.error(`${packages.join(', ')} cannot be installed.`);
  process.exit(1);
}

function headersOf(binary) {
  const { execPath } = JSON.parse(
    spawnSync(binary, ['--print', 'JSON.stringify({ execPath: process.execPath })'], { encoding: 'utf8' })
      .stdout,
  );
  const near = [
    dirname(dirname(execPath)),
    `${dirname(dirname(execPath))}/node_modules/node-${process.platform}-${process.arch}`,
  ];
  const found = near.find((each) => existsSync(`${each}/include/node`));
  if (found !== undefined) return found;
  console.error('the headers of Node.js are not where its package has them.');
  process.exit(1);
}
