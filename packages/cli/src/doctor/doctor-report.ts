import type { Config, ConfigFault, GuardedProvider } from '@spanseal/node';

/** What a process of the command wrote down. */
export interface GuardedProcess {
  readonly pid: number;
  readonly providers: readonly GuardedProvider[];
}

/** What became of the command. */
export interface CommandRun {
  readonly processes: readonly GuardedProcess[];
  /** How it failed: `exit code 1`, `SIGKILL`; undefined: it did not. */
  readonly ending: string | undefined;
}

/** One thing that is set. */
export interface Setting {
  readonly name: string;
  /** Names and counts: no value of the policy, no key. */
  readonly value: string;
  /** The variables that say so, or `default`. */
  readonly from: string;
}

export interface DoctorReport {
  readonly healthy: boolean;
  readonly settings: readonly Setting[];
  readonly faults: readonly ConfigFault[];
  /** What is to be known, though nothing is wrong. */
  readonly notes: readonly string[];
  /** Undefined: no command was run. */
  readonly processes: readonly GuardedProcess[] | undefined;
  readonly notCovered: readonly string[];
}

const notCovered = [
  'log records, metrics and their exemplars: they do not pass through a span processor',
  'baggage and tracestate headers of outgoing calls, and the debug output of the SDK',
  'tracer providers that are never registered, and agents that do not use OpenTelemetry',
  'what a processor sends of a span when it starts, before it ends',
  'exporters in private fields: what they send is masked and has no seal',
];

const noProvider =
  'the command registered no tracer provider: set up an SDK in it, or let SPANSEAL_START_SDK=true start one';

/** What was tried out. */
export interface Tried {
  /** Of a command; undefined: none was run. */
  readonly run: CommandRun | undefined;
  /** Why there can be no `SignedOtlpExporter`: then the app's own exporter stays. */
  readonly exporterFaults: readonly ConfigFault[];
}

export function doctorReport(config: Config, { run, exporterFaults }: Tried): DoctorReport {
  const faults = [...config.faults, ...exporterFaults];
  const providers = run?.processes.flatMap((each) => each.providers);
  const isGuarded =
    providers === undefined || (providers.length > 0 && providers.every(({ mode }) => mode !== 'closed'));
  return {
    healthy: faults.length === 0 && isGuarded && run?.ending === undefined,
    settings: settingsOf(exporterFaults.length > 0 ? { ...config, exporter: 'keep' } : config),
    faults,
    notes: [...notesOf(config), ...(run === undefined ? [] : runNotes(config, run))],
    processes: run?.processes,
    notCovered,
  };
}

function runNotes({ keyRing }: Config, { processes, ending }: CommandRun): string[] {
  const providers = processes.flatMap((each) => each.providers);
  const seals = providers.some((provider) => provider.sealed > 0);
  return [
    ...(ending === undefined
      ? []
      : [`the command ended with ${ending}: what stands below is about the part of it that ran`]),
    ...(providers.length === 0 && ending === undefined ? [noProvider] : []),
    ...(seals && keyRing === undefined
      ? [
          'the command has a key that this environment has not: it sets variables of its own (node --env-file)',
        ]
      : []),
  ];
}

function settingsOf(config: Config): Setting[] {
  const { policy, keyRing, exporter, startSdk, disabled, logLevel } = config;
  const from = (member: string) => {
    const variables = config.origins.filter(({ members }) => members.includes(member));
    return variables.map(({ variable }) => variable).join(', ') || 'default';
  };
  const list = (member: 'keys' | 'values' | 'services' | 'paths'): Setting[] => {
    const { length } = policy[member] ?? [];
    return length === 0 ? [] : [{ name: member, value: `${length} of your own`, from: from(member) }];
  };
  const flag = (name: string, value: boolean, variable: string): Setting[] =>
    value ? [{ name, value: 'true', from: variable }] : [];
  return [
    ...flag('disabled', disabled, 'SPANSEAL_DISABLED'),
    {
      name: 'presets',
      value: [policy.extends ?? 'default'].flat().join(', ') || 'none',
      from: isStandIn(config) ? 'a fault, see below' : from('extends'),
    },
    ...(['keys', 'paths', 'values', 'services'] as const).flatMap(list),
    ...(policy.mask === undefined ? [] : [{ name: 'mask', value: 'of your own', from: from('mask') }]),
    ...(policy.allow === undefined
      ? []
      : [{ name: 'allow', value: 'exempts something', from: from('allow') }]),
    {
      name: 'key',
      value: keyRing === undefined ? 'none: spans have no seals' : keyRing.keyIds.join(', '),
      from: from('keyRing'),
    },
    ...(keyRing === undefined ? [] : [realmSetting(keyRing.realm, from('keyRing'))]),
    {
      name: 'exporter',
      value: exporter === 'otlp' ? 'SignedOtlpExporter' : "the app's own",
      from: from('exporter'),
    },
    ...flag('start an SDK', startSdk, 'SPANSEAL_START_SDK'),
    { name: 'log level', value: logLevel, from: logLevel === 'warn' ? 'default' : 'SPANSEAL_LOG_LEVEL' },
  ];
}

function realmSetting(realm: string, from: string): Setting {
  return realm === ''
    ? { name: 'realm', value: 'none', from: 'default' }
    : { name: 'realm', value: realm, from };
}

/** The preset `strict` masks, and nobody asked for it. */
function isStandIn({ policy, faults }: Config): boolean {
  return faults.length > 0 && [policy.extends].flat().includes('strict');
}

/** Presets that hold names of secrets. */
const SECRET_PRESETS: ReadonlySet<string> = new Set(['default', 'strict', 'lumigo']);

function notesOf(config: Config): string[] {
  const { disabled, keyRing, origins, policy } = config;
  const notes: string[] = [];
  if (disabled) notes.push('Spanseal is disabled: nothing is masked, and nothing is sealed');
  if (isStandIn(config)) {
    notes.push('because of a fault, the preset "strict" masks in place of the policy');
  }
  const presets = [policy.extends ?? 'default'].flat();
  if (!presets.some((preset) => SECRET_PRESETS.has(preset))) {
    notes.push('no preset masks passwords, keys and tokens: "default" does, beside others');
  }
  if (keyRing?.keyIds.includes('default')) {
    notes.push('the key has no id (SPANSEAL_KEY_ID), and is called "default": give the next key another one');
  }
  if (origins.some(({ variable }) => variable.startsWith('LUMIGO_') || variable.startsWith('AWS_'))) {
    notes.push('variables of another system add to what is masked; they take nothing away from the presets');
  }
  return notes;
}
