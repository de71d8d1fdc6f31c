export { type DemoFault, type RunDemoOptions, runDemo } from './run-demo.js';
export type { OutputStream } from './story/terminal.js';
