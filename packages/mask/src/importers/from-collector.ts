import type { RedactionConfig } from '../collector/redaction-config.js';
import { compileRedaction } from '../collector/redaction-reader.js';
import { redactionShape } from '../collector/redaction-shape.js';
import { FaultList } from '../fault-list.js';
import type { Policy } from '../policy.js';
import { PolicyError } from '../policy-error.js';
import { readShape } from '../shape-reader.js';

const REDACTION = /^redaction(?:\/.*)?$/s;

/**
 * The policy of the OpenTelemetry Collector's redaction processor: the same results for attributes and span names.
 *
 * @param config the processor's own configuration as parsed YAML, or a `processors` section or whole configuration of a
 *   Collector that has one redaction processor.
 * @throws {PolicyError} ERR_SPANSEAL_POLICY with every fault; paths begin where the configuration was found.
 */
export function fromCollector(config: unknown): Policy {
  const faults = new FaultList();
  try {
    const found = findRedaction(config, faults);
    if (found !== undefined) {
      const { value, path } = found;
      // The shape has the members of the interface.
      const redaction = readShape(plain(value), redactionShape, { path, faults }) as
        | RedactionConfig
        | undefined;
      if (redaction !== undefined) compileRedaction(redaction, path, faults);
      if (redaction !== undefined && faults.faults.length === 0) return { extends: [], redaction };
    }
  } catch {
    faults.addReason('', 'a configuration that can be read', 'an object whose members throw');
  }
  throw new PolicyError(faults.faults);
}

interface Found {
  readonly value: unknown;
  readonly path: string;
}

function findRedaction(config: unknown, faults: FaultList): Found | undefined {
  if (!isObject(config)) return faults.add('', 'a configuration of the redaction processor', config);
  if (isObject(config['processors'])) return findProcessor(config['processors'], 'processors.', faults);
  const isSection = Object.keys(config).some((name) => REDACTION.test(name));
  return isSection ? findProcessor(config, '', faults) : { value: config, path: '' };
}

function findProcessor(section: Members, prefix: string, faults: FaultList): Found | undefined {
  const names = Object.keys(section).filter((name) => REDACTION.test(name));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    const got = name === undefined ? 'none' : 'several; hand over the one that is meant';
    return faults.addReason(prefix.slice(0, -1), 'one redaction processor', got);
  }
  const shown = /^[\w/.-]{1,60}$/.test(name) ? name : 'redaction/(unreadable name)';
  // A processor without a body stands as null in YAML.
  return { value: section[name] ?? {}, path: `${prefix}${shown}` };
}

/** A copy without the members that YAML leaves empty, and with the name of the hash function as it is compared. */
function plain(value: unknown): unknown {
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]) => {
    if (member === null || member === undefined) return [];
    const isFunction = name === 'hash_function' && typeof member === 'string';
    return [[name, isFunction ? member.toLowerCase() : plain(member)] as const];
  });
  return Object.fromEntries(members);
}

interface Members {
  readonly [name: string]: unknown;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
