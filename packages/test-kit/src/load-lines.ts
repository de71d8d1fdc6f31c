import { requireLine } from '@spanseal/lines';
import type { LineName, SdkLine } from './sdk-line.js';

const names: readonly LineName[] = ['2.0', '2.12', '3.1'];

/**
 * The SDK lines, oldest first, each with its own copy of every OpenTelemetry package.
 *
 * The 3.x line asks for Node 22.15 and runs on Node 20 all the same, so no test skips it.
 *
 * @example describe.each(loadLines())('on SDK $name', (line) => { … })
 */
export function loadLines(): SdkLine[] {
  return names.map(loadLine);
}

/** One of the lines that {@link loadLines} gives. */
export function loadLine(name: LineName): SdkLine {
  // The lines are plain JavaScript over three copies of every SDK type: the structural face is asserted here, once.
  return requireLine(name) as SdkLine;
}

/**
 * A protobuf decoder of trace requests that is not ours: the one that the 2.0 line's OTLP packages carry, made by protobufjs
 * from the OTLP definitions. It throws for bytes that are no request.
 */
export function loadStockDecoder(): (bytes: Uint8Array) => unknown {
  const { TraceRequestType } = requireLine('2.0') as {
    TraceRequestType: { decode(bytes: Uint8Array): unknown; toObject(message: unknown): unknown };
  };
  return (bytes) => TraceRequestType.toObject(TraceRequestType.decode(bytes));
}
