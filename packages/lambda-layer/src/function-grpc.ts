import { createRequire } from 'node:module';
import { join } from 'node:path';

/** gRPC is too large for a layer: it is the function's own, which has it when it exports over gRPC itself. */
const folder = process.env['LAMBDA_TASK_ROOT'] || process.cwd();
const grpc = createRequire(join(folder, 'noop.js'))('@grpc/grpc-js') as Record<string, unknown>;

export const { Client, credentials, Metadata, status } = grpc;
