export { startAwsEndpoint } from './aws-endpoint.js';
export { type PlantedSecret, type PlantedSecrets, plantSecrets, type SecretName } from './planted.js';
export { type DemoFault, type RunDemoOptions, runDemo } from './run-demo.js';
export type { OutputStream } from './story/terminal.js';
