import type { Command } from './cli-io.js';

/** A sub-command by what is known of it before it is loaded. */
export interface ListedCommand {
  readonly name: string;
  /** One line, for the overview. */
  readonly summary: string;
  /** Loads the command: who asks for a key has no use for the masker. */
  load(): Promise<Command>;
}

export const commandList: readonly ListedCommand[] = [
  {
    name: 'demo',
    summary: 'the whole path in one go: mask, seal, export over TLS, verify, tamper, catch',
    load: async () => (await import('./commands/demo.js')).demo,
  },
  {
    name: 'doctor',
    summary: 'what the environment makes the preload do, what it guards, and what is not covered',
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
  {
    name: 'explain',
    summary: 'which rule of a policy decides about a value, and why',
    load: async () => (await import('./commands/explain.js')).explain,
  },
  {
    name: 'init',
    summary: 'a policy file to start from, with everything in it explained',
    load: async () => (await import('./commands/init.js')).init,
  },
  {
    name: 'keygen',
    summary: 'a new signing key, as environment variables',
    load: async () => (await import('./commands/keygen.js')).keygen,
  },
  {
    name: 'mask',
    summary: 'a captured file with its secrets masked, so that it can be shared',
    load: async () => (await import('./commands/mask.js')).mask,
  },
  {
    name: 'policy',
    summary: 'what is wrong with a policy: all faults, and rules that can never match',
    load: async () => (await import('./commands/policy.js')).policy,
  },
  {
    name: 'prove',
    summary: 'the proof that a span is one of those that a signed checkpoint is about',
    load: async () => (await import('./commands/prove.js')).prove,
  },
  {
    name: 'scan',
    summary: 'what a policy would mask in captured files, and what still looks secret after it',
    load: async () => (await import('./commands/scan.js')).scan,
  },
  {
    name: 'verify',
    summary: 'verdicts for the spans and streams of captured files',
    load: async () => (await import('./commands/verify.js')).verify,
  },
];
