// What the layer of the OpenTelemetry project preloads: its bundle, and the hook for ES modules where it is needed.
import { register } from 'node:module';
import './wrapper.cjs';

if (process.env._HANDLER.startsWith('module.') || Number(process.versions.node.split('.')[0]) >= 24)
  register('import-in-the-middle/hook.mjs', import.meta.url);
