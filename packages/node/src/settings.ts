import type { ConfigFault } from './config-fault.js';
import { type LogLevel, logLevels } from './notice.js';

/** Environment variables, as `process.env` holds them. */
export type Environment = { readonly [name: string]: string | undefined };

/** Every variable of Spanseal, and what it says. */
export const variables = {
  SPANSEAL_POLICY_FILE: 'a policy, YAML or JSON',
  SPANSEAL_PRESETS: 'presets, in place of the `extends` of the policy',
  SPANSEAL_KEYS: 'rules on names, tried before those of the policy',
  SPANSEAL_VALUES: 'detectors, and rules on text',
  SPANSEAL_SERVICES: 'services whose spans are masked whole',
  SPANSEAL_MASK: 'the replacement text',
  SPANSEAL_SIGNING_KEY: 'the key that seals',
  SPANSEAL_SIGNING_KEY_FILE: 'a file with the key, or a key ring; it is followed',
  SPANSEAL_KEY_ID: 'the id of the key',
  SPANSEAL_REALM: 'the tenant and environment that seals are for',
  SPANSEAL_EXPORTER: '`otlp`: an exporter that signs its requests, too',
  SPANSEAL_START_SDK: '`true`: start an SDK',
  SPANSEAL_DISABLED: '`true`: do nothing',
  SPANSEAL_LOG_LEVEL: 'what is printed',
} as const;

/** A variable of Spanseal. */
export type VariableName = keyof typeof variables;

/** The variables of the key that seals. */
export const keyVariables: readonly VariableName[] = [
  'SPANSEAL_SIGNING_KEY',
  'SPANSEAL_SIGNING_KEY_FILE',
  'SPANSEAL_KEY_ID',
  'SPANSEAL_REALM',
];

/** Whether the environment says anything about seals: what reads it need not be loaded otherwise. */
export function namesSealing(env: Environment): boolean {
  return [...keyVariables, 'SPANSEAL_EXPORTER'].some((name) => env[name] !== undefined && env[name] !== '');
}

/** Set by `spanseal doctor` for the command that it runs: where the process writes down what it guarded. */
export const reportVariable = 'SPANSEAL_REPORT_FILE';

/** What has to be known before anything is loaded. */
export interface Settings {
  readonly isDisabled: boolean;
  readonly startsSdk: boolean;
  readonly logLevel: LogLevel;
  readonly faults: readonly ConfigFault[];
}

/** Never throws: what cannot be read is a fault, and the default stands. */
export function readSettings(env: Environment): Settings {
  const faults = unknownVariables(env);
  return {
    isDisabled: readFlag(env, 'SPANSEAL_DISABLED', faults),
    startsSdk: readFlag(env, 'SPANSEAL_START_SDK', faults),
    logLevel: readLogLevel(env['SPANSEAL_LOG_LEVEL'], faults),
    faults,
  };
}

function unknownVariables(env: Environment): ConfigFault[] {
  return Object.keys(env)
    .filter(
      (name) => name.startsWith('SPANSEAL_') && name !== reportVariable && !Object.hasOwn(variables, name),
    )
    .map((name) => ({
      // A name can be anything, a secret too.
      variable: /^[A-Z_]{1,40}$/.test(name) ? name : 'SPANSEAL_…',
      expected: `a known variable (${Object.keys(variables).join(', ')})`,
      got: 'an unknown one',
    }));
}

function readFlag(env: Environment, name: VariableName, faults: ConfigFault[]): boolean {
  const text = env[name]?.trim().toLowerCase() ?? '';
  if (text === 'true' || text === '1') return true;
  if (text !== '' && text !== 'false' && text !== '0') {
    faults.push({ variable: name, expected: 'true or false', got: 'another text' });
  }
  return false;
}

function readLogLevel(given: string | undefined, faults: ConfigFault[]): LogLevel {
  const text = given?.trim().toLowerCase() ?? '';
  const level = logLevels.find((each) => each === text);
  if (level !== undefined) return level;
  if (text !== '') {
    faults.push({ variable: 'SPANSEAL_LOG_LEVEL', expected: logLevels.join(', '), got: 'another text' });
  }
  return 'warn';
}
