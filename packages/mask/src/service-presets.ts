import { awsServices, extendedAwsServices } from './aws-services.js';
import { azureServices, gcpServices, oidcServices, vaultServices } from './cloud-services.js';
import { lumigoServices } from './lumigo-services.js';
import { paymentGateways } from './payment-gateways.js';
import { compileServicePreset } from './service-preset.js';
import type { CompiledServiceRule } from './service-rules.js';

/** The service presets by name. */
export const servicePresets: ReadonlyMap<string, CompiledServiceRule> = new Map([
  ['aws', awsServices],
  ['aws-extended', extendedAwsServices],
  ['lumigo', lumigoServices],
  ...[gcpServices, azureServices, vaultServices, paymentGateways, oidcServices].map(
    (preset) => [preset.name, compileServicePreset(preset)] as const,
  ),
]);
