import type { OtlpProtocol } from './endpoint.js';
import { ExporterError, type ExporterFault } from './exporter-error.js';
import { checkHeaders, type Headers } from './header-list.js';
import type { Attempt } from './transport.js';

type Patience = Pick<Attempt, 'deadlineMillis' | 'signal'>;

/**
 * The headers that the app's own function gives for a request, if it gives them in time.
 *
 * @throws ExporterError `ERR_SPANSEAL_EXPORT`. What the function itself throws can hold a token: it is not passed on.
 */
export async function askedHeaders(
  ask: () => unknown,
  protocol: OtlpProtocol,
  patience: Patience,
): Promise<Headers> {
  const faults: ExporterFault[] = [];
  const headers = checkHeaders(await answerInTime(ask, patience), { path, protocol }, faults);
  if (faults.length > 0) throw new ExporterError('ERR_SPANSEAL_EXPORT', faults);
  return headers;
}

const path = 'options.headers';

async function answerInTime(ask: () => unknown, { deadlineMillis, signal }: Patience): Promise<unknown> {
  let giveUp: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    giveUp = () => reject(without('an answer in time'));
  });
  const timer = setTimeout(giveUp, Math.max(0, deadlineMillis - Date.now()));
  signal.addEventListener('abort', giveUp);
  try {
    return await Promise.race([answerOf(ask), late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

async function answerOf(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch {
    throw without('an answer');
  }
}

function without(expected: string): ExporterError {
  return new ExporterError('ERR_SPANSEAL_EXPORT', [{ path, expected, got: 'none' }]);
}
