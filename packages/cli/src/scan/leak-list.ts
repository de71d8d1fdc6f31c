import type { Policy, ServiceMatch } from '@spanseal/mask';
import { printableName } from '../printable-name.js';
import { BoundedCounts } from './bounded-counts.js';
import type { AlikeSuspicions } from './field-suspicions.js';
import type { LeakFinder } from './leak-finder.js';
import { leakMessage } from './leak-message.js';
import { mergeAdditions, type PolicyAddition, renderAddition } from './policy-addition.js';
import { ruleCandidates } from './rule-candidates.js';
import { RuleTrial, withoutExemptions } from './rule-trial.js';
import type { ExemptedLeak, Leak } from './scan-report.js';
import type { SpanField } from './span-field.js';
import type { Suspicion } from './suspicion.js';
import { renderShape, type ValueShape } from './value-shape.js';

/** Where and in what a suspicion arose. */
export interface Occurrence {
  readonly suspicion: Suspicion;
  /** Of all that is suspicious for the same reason in this value. */
  readonly shapes: readonly ValueShape[];
  readonly field: SpanField;
  readonly place: Leak['field'];
  /** Key of the attribute as it came; undefined for texts without one. */
  readonly key: string | undefined;
  /** As it may be shown. */
  readonly service: string;
  /** Proposals for the same value that hid this one before they joined the policy. */
  readonly beside?: PolicyAddition | undefined;
}

/** What became of an occurrence. */
export interface Listed {
  /** False when the policy exempts it. */
  readonly counts: boolean;
  /** The rule that is proposed for it. */
  readonly addition?: PolicyAddition | undefined;
}

interface Group {
  readonly suspicion: Suspicion;
  readonly place: Leak['field'];
  readonly key: string | undefined;
  readonly services: BoundedCounts;
  readonly shapes: BoundedCounts;
  readonly tried: Set<string>;
  count: number;
  shortest: number;
  longest: number;
  classes: string;
  addition: PolicyAddition | undefined;
}

/** Leaks that are told apart, and shapes and services of one of them that are listed. */
const MOST_GROUPS = 500;
const MOST_SHAPES = 5;
const MOST_SERVICES = 20;
/** Forms of values of one leak on which its proposal is tried. */
const MOST_TRIALS = 64;

/** Gathers what was found by place and kind, and finds a rule for each. Holds no value. */
export class LeakList {
  readonly #finder: LeakFinder;
  readonly #trial: RuleTrial;
  readonly #freely: RuleTrial;
  readonly #leaks = new Map<string, Group>();
  readonly #exempted = new Map<string, Group>();
  #more = 0;

  constructor(policy: Policy, finder: LeakFinder) {
    this.#finder = finder;
    this.#trial = new RuleTrial(policy, finder);
    this.#freely = new RuleTrial(withoutExemptions(policy), finder);
  }

  add(occurrence: Occurrence): Listed {
    const id = groupId(occurrence);
    const shape = occurrence.shapes.map(renderShape).join(' ');
    const exempted = this.#exempted.get(id);
    if (exempted?.tried.has(shape) === true) {
      count(exempted, occurrence);
      return { counts: false };
    }
    const known = this.#leaks.get(id);
    if (known === undefined && this.#leaks.size >= MOST_GROUPS) {
      this.#more += 1;
      return { counts: true };
    }
    const group = known ?? newGroup(occurrence);
    widen(group, occurrence.shapes);
    if (this.#needsRule(group, occurrence, shape)) {
      const rule = this.#findRule(group, occurrence);
      if (rule === 'exempted') return this.#exempt(id, occurrence, shape);
      group.addition = joined(group.addition, rule);
    }
    group.tried.add(shape);
    this.#leaks.set(id, group);
    count(group, occurrence);
    return { counts: true, addition: group.addition };
  }

  /** What is suspicious in a field when proposals have joined the policy. */
  remaining(additions: PolicyAddition, field: SpanField): readonly AlikeSuspicions[] {
    return this.#trial.remaining(additions, field);
  }

  /** A span of a secret store that the policy does not know. */
  addStore({ service: name, preset }: ServiceMatch, service: string): void {
    const shapes: readonly ValueShape[] = [];
    const shape: ValueShape = { classes: '', length: 0 };
    const detector = `${preset}:${name}`;
    const suspicion: Suspicion = { kind: 'secret-store', detector, name: undefined, shape, whole: true };
    const id = groupId({ suspicion, place: 'span', key: undefined });
    if (!this.#leaks.has(id) && this.#leaks.size >= MOST_GROUPS) {
      this.#more += 1;
      return;
    }
    const group = this.#leaks.get(id) ?? newGroup({ suspicion, place: 'span', key: undefined });
    group.addition = { services: [preset] };
    this.#leaks.set(id, group);
    count(group, { service, shapes });
  }

  /** What still looks secret, the most frequent first. */
  get leaks(): readonly Leak[] {
    return sorted(this.#leaks).map((group) => ({
      ...this.#describe(group),
      ...(group.addition && { proposal: { addition: group.addition, yaml: renderAddition(group.addition) } }),
    }));
  }

  get exempted(): readonly ExemptedLeak[] {
    return sorted(this.#exempted).map((group) => this.#describe(group));
  }

  get more(): number {
    return this.#more;
  }

  /** All proposals as one, or undefined when there are none. */
  get addition(): PolicyAddition | undefined {
    const additions = sorted(this.#leaks).flatMap(({ addition }) => addition ?? []);
    return additions.length === 0 ? undefined : mergeAdditions(additions);
  }

  #needsRule(group: Group, { field, suspicion, beside }: Occurrence, shape: string): boolean {
    if (group.count === 0) return true;
    if (group.tried.has(shape) || group.tried.size >= MOST_TRIALS || group.addition === undefined)
      return false;
    return !this.#trial.solves(mergeAdditions([beside ?? {}, group.addition]), field, suspicion);
  }

  #findRule(
    group: Group,
    { field, suspicion, key, beside = {} }: Occurrence,
  ): PolicyAddition | 'exempted' | undefined {
    // A key that is a secret must not get into a rule.
    const shown = key !== undefined && suspicion.inKey !== true && this.#finder.findInName(key).length === 0;
    const name = suspicion.name;
    const nameIsSafe = name === undefined || this.#finder.findInName(name).length === 0;
    const candidates = ruleCandidates({
      ...group,
      suspicion: { ...suspicion, name: nameIsSafe ? name : undefined },
      key: shown ? key : undefined,
    });
    const solves = (trial: RuleTrial, addition: PolicyAddition) =>
      trial.solves(mergeAdditions([beside, addition]), field, suspicion);
    for (const addition of candidates) {
      if (solves(this.#trial, addition)) return addition;
      // What is kept on purpose stays so: a wider rule would only go around it.
      if (solves(this.#freely, addition)) return 'exempted';
    }
    return undefined;
  }

  #exempt(id: string, occurrence: Occurrence, shape: string): Listed {
    const known = this.#exempted.get(id);
    if (known === undefined && this.#exempted.size >= MOST_GROUPS) return { counts: false };
    const group = known ?? newGroup(occurrence);
    if (group.tried.size < MOST_TRIALS) group.tried.add(shape);
    this.#exempted.set(id, group);
    count(group, occurrence);
    return { counts: false };
  }

  #describe({ suspicion, place, key, count: values, services, shapes }: Group): ExemptedLeak {
    const { kind, detector, name } = suspicion;
    const others = shapes.others > 0 ? ['…'] : [];
    return {
      kind,
      detector,
      field: place,
      ...(key !== undefined && { key: this.#finder.safeName(key) }),
      ...(name !== undefined && { name: this.#finder.safeName(name) }),
      count: values,
      services: [...services.sorted().map(([service]) => service), ...(services.others > 0 ? ['…'] : [])],
      shapes: [...shapes.sorted().map(([shape]) => shape), ...others],
      message: leakMessage(kind, printableName(detector)),
    };
  }
}

function newGroup({ suspicion, place, key }: Pick<Occurrence, 'suspicion' | 'place' | 'key'>): Group {
  const { length, classes } = suspicion.shape;
  return {
    suspicion,
    place,
    key,
    services: new BoundedCounts(MOST_SERVICES),
    shapes: new BoundedCounts(MOST_SHAPES),
    tried: new Set(),
    count: 0,
    shortest: length,
    longest: length,
    classes,
    addition: undefined,
  };
}

function groupId({ suspicion, place, key }: Pick<Occurrence, 'suspicion' | 'place' | 'key'>): string {
  return JSON.stringify([place, key, suspicion.kind, suspicion.detector, suspicion.name]);
}

function widen(group: Group, shapes: readonly ValueShape[]): void {
  for (const { length, classes } of shapes) {
    group.shortest = Math.min(group.shortest, length);
    group.longest = Math.max(group.longest, length);
    for (const name of classes) if (!group.classes.includes(name)) group.classes += name;
  }
}

/** A pattern that was widened takes the place of the one before; rules of different kinds are needed both. */
function joined(
  before: PolicyAddition | undefined,
  rule: PolicyAddition | undefined,
): PolicyAddition | undefined {
  if (before === undefined || rule === undefined) return rule ?? before;
  const arePatterns = [before, rule].every(({ values }) => typeof values?.[0] === 'object');
  return arePatterns ? rule : mergeAdditions([before, rule]);
}

function count(group: Group, { service, shapes }: Pick<Occurrence, 'service' | 'shapes'>): void {
  group.count += 1;
  group.services.add(service);
  for (const shape of new Set(shapes.map(renderShape))) group.shapes.add(shape);
}

function sorted(groups: ReadonlyMap<string, Group>): Group[] {
  return [...groups.values()].sort((one, other) => other.count - one.count);
}
