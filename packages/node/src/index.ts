export { type Config, loadConfig } from './config.js';
export type { ConfigFault } from './config-fault.js';
export type { GuardedProvider, GuardMode } from './guard-record.js';
export { NodeError, type NodeFault } from './node-error.js';
export type { LogLevel } from './notice.js';
export type { Environment } from './settings.js';
export type { SpansealOptions } from './spanseal-options.js';
export { guard, guardedProviders, startSpanseal } from './start-spanseal.js';
