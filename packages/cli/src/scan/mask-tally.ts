import type { ServiceMatch } from '@spanseal/mask';
import { BoundedCounts } from './bounded-counts.js';
import type { FieldCounts, MaskedCounts, ServiceCounts } from './scan-report.js';
import type { FieldName } from './span-field.js';

/** One value, and what the policy made of it. */
export interface CountedValue {
  readonly field: FieldName;
  /** Key of the attribute as it may be shown. */
  readonly key: string | undefined;
  readonly service: string;
  readonly masked: boolean;
  /** Rules that hit. */
  readonly rules: readonly string[];
  readonly leaks: number;
}

interface Cell {
  values: number;
  masked: number;
  leaks: number;
}

interface Service {
  spans: number;
  readonly fields: Map<FieldName, Cell>;
}

const MOST_RULES = 1000;
const MOST_KEYS = 5000;
const MOST_SERVICES = 500;
/** For rules, keys and services that found no room. */
const OTHERS = '(others)';
/** A value that changes for its place in a known content: a literal of a statement, a part of a URL. */
const BY_PLACE = 'content';

/** Counts what a policy masks: by rule, by field, by service. */
export class MaskTally {
  readonly #rules = new BoundedCounts(MOST_RULES);
  readonly #fields = new Map<string, Cell & { field: FieldName; key: string | undefined }>();
  readonly #services = new Map<string, Service>();
  readonly #sensitive = new Map<string, { match: ServiceMatch; spans: number }>();
  #values = 0;
  #masked = 0;

  addSpan(service: string, match: ServiceMatch | undefined): void {
    this.#service(service).spans += 1;
    if (match === undefined) return;
    const id = JSON.stringify(match);
    const known = this.#sensitive.get(id) ?? { match, spans: 0 };
    known.spans += 1;
    this.#sensitive.set(id, known);
  }

  addValue(value: CountedValue): void {
    this.#values += 1;
    addTo(this.#field(value), value);
    addTo(cellOf(this.#service(value.service).fields, value.field), value);
    if (!value.masked) return;
    this.#masked += 1;
    for (const rule of value.rules.length > 0 ? new Set(value.rules) : [BY_PLACE]) this.#rules.add(rule);
  }

  get values(): number {
    return this.#values;
  }

  get masked(): MaskedCounts {
    const rules = this.#rules.sorted().map(([rule, values]) => ({ rule, values }));
    if (this.#rules.others > 0) rules.push({ rule: OTHERS, values: this.#rules.others });
    const sensitive = [...this.#sensitive.values()].map(({ match, spans }) => ({ ...match, spans }));
    return {
      values: this.#masked,
      rules,
      fields: this.#fieldCounts(),
      services: this.#serviceCounts(),
      sensitiveSpans: sensitive.sort((one, other) => other.spans - one.spans),
    };
  }

  #fieldCounts(): FieldCounts[] {
    return [...this.#fields.values()]
      .filter(({ masked, leaks }) => masked > 0 || leaks > 0)
      .sort((one, other) => other.masked - one.masked || other.leaks - one.leaks)
      .map(({ field, key, values, masked }) => ({
        field,
        ...(key !== undefined && { key }),
        values,
        masked,
      }));
  }

  #serviceCounts(): ServiceCounts[] {
    return [...this.#services]
      .map(([service, { spans, fields }]) => {
        const cells = [...fields.values()];
        const sum = (member: keyof Cell) => cells.reduce((total, cell) => total + cell[member], 0);
        const counts = { values: sum('values'), masked: sum('masked'), leaks: sum('leaks') };
        return { service, spans, ...counts, fields: Object.fromEntries(fields) };
      })
      .sort((one, other) => other.spans - one.spans || other.values - one.values);
  }

  #field({ field, key }: CountedValue): Cell {
    const own = JSON.stringify([field, key]);
    const id = this.#fields.has(own) || this.#fields.size < MOST_KEYS ? own : JSON.stringify([field, OTHERS]);
    const known = this.#fields.get(id);
    if (known !== undefined) return known;
    const made = { field, key: id === own ? key : OTHERS, values: 0, masked: 0, leaks: 0 };
    this.#fields.set(id, made);
    return made;
  }

  #service(name: string): Service {
    const id = this.#services.has(name) || this.#services.size < MOST_SERVICES ? name : OTHERS;
    const known = this.#services.get(id);
    if (known !== undefined) return known;
    const made = { spans: 0, fields: new Map<FieldName, Cell>() };
    this.#services.set(id, made);
    return made;
  }
}

function cellOf(cells: Map<FieldName, Cell>, field: FieldName): Cell {
  const known = cells.get(field);
  if (known !== undefined) return known;
  const made = { values: 0, masked: 0, leaks: 0 };
  cells.set(field, made);
  return made;
}

function addTo(cell: Cell, { masked, leaks }: CountedValue): void {
  cell.values += 1;
  if (masked) cell.masked += 1;
  cell.leaks += leaks;
}
