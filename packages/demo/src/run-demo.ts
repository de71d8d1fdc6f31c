import { createKeyRing, createVerifier, generateSecret, type Report } from '@spanseal/seal';
import { type Capture, captureVisit } from './capture.js';
import { plantSecrets } from './planted.js';
import { findSpan, tellMasking } from './story/masking-chapter.js';
import { createNarrator, type Narrator } from './story/narrator.js';
import { tellSeal } from './story/seal-chapter.js';
import { tellTampering } from './story/tamper-chapter.js';
import { createTerminal, type OutputStream } from './story/terminal.js';

/** A link that can be left out of the demo, to see that it notices. */
export type DemoFault = 'no-masking' | 'no-sealing';

export interface RunDemoOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Default: what NO_COLOR, FORCE_COLOR, TERM and the stream say. */
  readonly color?: boolean;
  /** Characters per line, held between 60 and 140. Default: the stream's, else 100. */
  readonly columns?: number;
  /** Ends the demo early, with exit code 1. */
  readonly signal?: AbortSignal;
  /** Default: none, and everything holds. */
  readonly fault?: DemoFault;
}

const deadlineMilliseconds = 25_000;

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function tellStart({ chapter, check }: Narrator, { was, protocols }: Capture): void {
  chapter('A bookshop runs: Express and five AWS clients, careless with what they put on their spans');
  check(was.length > 0, `${was.length} spans were made by OpenTelemetry's own instrumentation.`);
  check(
    protocols.length === 1 && protocols[0] === 'TLSv1.3',
    `Its stock OTLP/gRPC exporter sent them over ${protocols.join(', ') || 'nothing'} to a receiver that keeps every byte.`,
  );
}

function tellEnd({ broken, terminal, say }: Narrator, startedAt: number): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  terminal.line();
  if (broken.length > 0) return;
  say(`Everything held, in ${seconds} s, and every figure above was counted in this run.`);
  say('Next: "Quick start" in the README puts the same two parts into your app;');
  say('      spanseal verify --help checks what your own store has kept.');
}

async function tell(narrator: Narrator, signal: AbortSignal, fault: DemoFault | undefined): Promise<void> {
  const startedAt = performance.now();
  const secrets = plantSecrets();
  const signingKey = { id: 'demo', secret: generateSecret() };
  const keyRing = createKeyRing({ primary: signingKey });
  const verify = (requests: readonly Uint8Array[]): Report => {
    const verifier = createVerifier({ keyRing });
    for (const request of requests) verifier.add(request);
    return verifier.finish();
  };
  narrator.title(
    'Spanseal demo: a careless shop is traced; what leaves is masked and sealed, then tampered with.',
  );
  const masking = fault !== 'no-masking';
  const capture = await captureVisit({
    secrets,
    signingKey,
    masking,
    sealing: fault !== 'no-sealing',
    signal,
  });
  tellStart(narrator, capture);
  tellMasking(narrator, capture, Object.values(secrets));
  tellSeal(narrator, verify(capture.requests), capture);
  const changed = findSpan(capture.was, 'POST /login');
  const deleted = findSpan(capture.was, 'KMS.Decrypt');
  if (changed === undefined || deleted === undefined)
    throw new Error('The app did not make the spans to tamper with.');
  tellTampering(narrator, { requests: capture.requests, verify }, { changed, deleted, all: capture.was });
  tellEnd(narrator, startedAt);
}

/** The one signal that ends everything: at the deadline, when the process is told to end, or when the caller's signal says so. */
function createEnd(outer: AbortSignal | undefined): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stop = (why: string) => (): void => controller.abort(new Error(why));
  const interrupt = stop('it was interrupted');
  const deadline = setTimeout(
    stop(`it did not end within ${deadlineMilliseconds / 1000} s`),
    deadlineMilliseconds,
  );
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  outer?.addEventListener('abort', interrupt, { once: true });
  if (outer?.aborted) interrupt();
  const end = (): void => {
    clearTimeout(deadline);
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    outer?.removeEventListener('abort', interrupt);
    controller.abort();
  };
  return { signal: controller.signal, end };
}

/**
 * Runs the demo: an app in a process of its own, what it talks to, and a receiver that verifies; all on this machine, and all
 * ended when it returns, on SIGINT too. Gives the exit code: 0 when every statement held, 1 otherwise. Never rejects.
 */
export async function runDemo(options: RunDemoOptions): Promise<number> {
  const narrator = createNarrator(createTerminal({ ...options, env: process.env }));
  const complain = (why: string): number => {
    options.stderr.write(`error ERR_SPANSEAL_DEMO: ${why}\n`);
    return 1;
  };
  const { signal, end } = createEnd(options.signal);
  try {
    signal.throwIfAborted();
    await Promise.race([tell(narrator, signal, options.fault), rejection(signal)]);
  } catch (error) {
    return complain(`the demo failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    end();
  }
  const [first] = narrator.broken;
  return first === undefined
    ? 0
    : complain(`${narrator.broken.length} statements did not hold; the first: ${first}`);
}
