import { FieldOutput } from './field-output.js';
import { keptSize, startSize } from './protobuf-output.js';

/** Requests of two exports at once; more memory than theirs is not kept. */
const mostSpare = 2;
const spare: FieldOutput[] = [];
/** Where none is spare: about the size of the request before. */
let expected = startSize;

/** Memory for one request. What a process gets anew, page by page, costs more than what is written there. */
export function takeMemory(): FieldOutput {
  return spare.pop() ?? new FieldOutput(expected);
}

/** Notes how much one request took, so that the next one need not grow. */
export function noteRequestSize(size: number): void {
  expected = Math.min(Math.max(startSize, size + (size >> 3)), keptSize);
}

/** For the next request. Nobody may read what stands there any more. */
export function giveMemoryBack(out: FieldOutput): void {
  out.reset();
  if (spare.length < mostSpare) spare.push(out);
}
