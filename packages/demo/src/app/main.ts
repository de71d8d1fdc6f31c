// The order of these imports is the point: first what patches, then what is patched.
import './instrumentation.js';
import { createServer, type Server } from 'node:http';
import { listenOnLoopback } from '../loopback.js';
import { createAwsCalls } from './aws-calls.js';
import type { AppSettings, FromApp, ToApp } from './message.js';
import { createShop } from './shop.js';
import { startTelemetry, type Telemetry } from './telemetry.js';

interface Running {
  readonly server: Server;
  readonly telemetry: Telemetry;
}

let running: Running | undefined;

function tell(message: FromApp, sent?: () => void): void {
  process.send?.(message, undefined, undefined, sent);
}

async function start(settings: AppSettings): Promise<void> {
  const telemetry = startTelemetry(settings);
  const aws = createAwsCalls({ port: settings.awsPort, accessKeyId: settings.accessKeyId });
  const server = createServer(createShop({ aws, partnerUrl: settings.partnerUrl }));
  running = { server, telemetry };
  tell({ type: 'listening', port: await listenOnLoopback(server) });
}

async function finish(): Promise<void> {
  running?.server.close();
  running?.server.closeAllConnections();
  await running?.telemetry.shutdown();
  tell({ type: 'finished', spans: running?.telemetry.recorded ?? [] }, () => process.disconnect());
}

process.on('message', (message: ToApp) => {
  const work = message.type === 'start' ? start(message.settings) : finish();
  work.catch((error: unknown) => tell({ type: 'failed', reason: String(error) }));
});
// Whoever started the app is gone: so is the app.
process.on('disconnect', () => process.exit());
