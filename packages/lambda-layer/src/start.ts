import { dirname } from 'node:path';
import { originalHandler, redirectHandler } from './handler-redirect.js';
import { keepHandler } from './layer-state.js';
import { isSdkDisabled } from './sdk-switches.js';
import { startTracing } from './tracing.js';

// The bundle is CommonJS, and has its parts beside it: what an invocation may never need is not loaded before it does.
declare const require: (part: string) => unknown;
declare const __dirname: string;

const { env } = process;
require('./register.cjs');
const isDisabled = /^\s*(?:true|1)\s*$/i.test(env['SPANSEAL_DISABLED'] ?? '') || isSdkDisabled(env);
if (!isDisabled) {
  const tracing = startTracing(env, (given, turns) =>
    (require('./sealing.cjs') as typeof import('./open-exporter.js')).openExporter(given, turns),
  );
  if (redirectHandler(env, dirname(__dirname)))
    keepHandler({ taskRoot: env['LAMBDA_TASK_ROOT'] ?? '', handler: originalHandler(env), tracing });
}
