import { refuseMember, within } from './fault.js';
import type { JaegerProcess, JaegerSpan, JaegerTrace } from './jaeger-model.js';
import { jaegerId, spanOfJaeger } from './jaeger-span.js';
import { attributesOf } from './jaeger-tags.js';
import type { Resource, ResourceSpans, Scope, ScopeSpans, Span } from './model.js';
import type { StoreNotes } from './store-notes.js';
import type { SpanPart, StoredTraces } from './stored-traces.js';

export interface JaegerReading {
  readonly notes: StoreNotes;
  readonly refuseDuplicates: boolean;
}

/** What Jaeger writes for a resource without the attribute `service.name`. */
const filledInName = 'missing-service-name';

/** The traces of `/api/traces` as one request: spans stand together by process and scope. */
export function jaegerRequest(data: readonly JaegerTrace[], reading: JaegerReading): StoredTraces {
  const groups = new SpanGroups();
  for (const [index, trace] of data.entries()) {
    try {
      readTrace(trace, groups, { ...reading, path: `data[${index}]` });
    } catch (error) {
      throw within(error, 'data', index);
    }
  }
  return { ...groups.list(), notes: reading.notes.list() };
}

interface TraceReading extends JaegerReading {
  readonly path: string;
}

function readTrace(trace: JaegerTrace, groups: SpanGroups, reading: TraceReading): void {
  const { notes, path } = reading;
  if (trace.warnings) notes.add('STORE_NO_PLACE', `${path}.warnings`);
  const processes = processesOf(trace, reading);
  for (const [index, span] of trace.spans.entries()) {
    const place = { ...reading, path: `${path}.spans[${index}]` };
    try {
      notes.add('STORE_MICROSECONDS', `${place.path}.startTime`);
      const traceId = traceIdOf(trace, span, place);
      groups.add(resourceOf(span, processes, place), spanOfJaeger({ ...span, traceID: traceId }, place));
    } catch (error) {
      throw within(error, 'spans', index);
    }
  }
}

function traceIdOf(trace: JaegerTrace, span: JaegerSpan, { notes, path }: TraceReading): string {
  const own = jaegerId(span.traceID ?? trace.traceID, 32, 'traceID');
  if (trace.traceID !== undefined && jaegerId(trace.traceID, 32, 'traceID') !== own) {
    notes.add('STORE_AMBIGUOUS', `${path}.traceID`);
  }
  return own;
}

function processesOf({ processes = [] }: JaegerTrace, reading: TraceReading): Map<string, Resource> {
  const found = new Map<string, Resource>();
  for (const [index, { name, value }] of processes.entries()) {
    const place = { ...reading, path: `${reading.path}.processes[${index}]` };
    try {
      found.set(name, resourceOfProcess(value, place));
    } catch (error) {
      throw within(error, 'processes', index);
    }
  }
  return found;
}

/** A span names its process, or carries it. */
function resourceOf(span: JaegerSpan, processes: Map<string, Resource>, reading: TraceReading): Resource {
  if (span.process !== undefined) {
    try {
      return resourceOfProcess(span.process, { ...reading, path: `${reading.path}.process` });
    } catch (error) {
      throw within(error, 'process');
    }
  }
  const found = processes.get(span.processID ?? '');
  const fault = { expected: 'the name of a process of the trace', got: 'another string' };
  return found ?? refuseMember('processID', 'VALUE', fault);
}

function resourceOfProcess({ serviceName, tags }: JaegerProcess, reading: TraceReading): Resource {
  const { attributes } = attributesOf(tags, { ...reading, member: 'tags' });
  if (serviceName === undefined) return { attributes };
  if (serviceName === filledInName) reading.notes.add('STORE_FILLED_IN', `${reading.path}.serviceName`);
  if (attributes.some(({ key }) => key === 'service.name')) {
    reading.notes.add('STORE_AMBIGUOUS', `${reading.path}.serviceName`);
    return { attributes };
  }
  return { attributes: [{ key: 'service.name', value: { stringValue: serviceName } }, ...attributes] };
}

/** A span as it was read, with its scope and the parts of it that may have been cut. */
export interface ReadSpan {
  readonly span: Span;
  readonly scope: Scope;
  readonly cuts: readonly SpanPart[];
}

interface ScopeGroup extends ScopeSpans {
  readonly cuts: (readonly SpanPart[])[];
}

/** Puts spans together by resource and scope, so that each resource and scope is one object. */
class SpanGroups {
  readonly #groups = new Map<Resource, Map<string, ScopeGroup>>();

  add(resource: Resource, { span, scope, cuts }: ReadSpan): void {
    const scopes = this.#groups.get(resource) ?? new Map<string, ScopeGroup>();
    this.#groups.set(resource, scopes);
    const name = JSON.stringify([scope.name, scope.version]);
    const group = scopes.get(name) ?? { scope, spans: [], cuts: [] };
    scopes.set(name, group);
    group.spans.push(span);
    group.cuts.push(cuts);
  }

  list(): Pick<StoredTraces, 'request' | 'cuts'> {
    const groups = [...this.#groups];
    const resourceSpans: ResourceSpans[] = groups.map(([resource, scopes]) => ({
      resource,
      scopeSpans: [...scopes.values()].map(({ scope = {}, spans }) => ({ scope, spans })),
    }));
    const cuts = groups.flatMap(([, scopes]) => [...scopes.values()].flatMap((group) => group.cuts));
    return { request: { resourceSpans }, cuts };
  }
}
