import { readPolicy } from '../src/policy-reader.js';
import { planScan } from '../src/scan/scan-plan.js';

const { scanner } = planScan(readPolicy({ extends: ['default', 'pii', 'payments'] }));

/** What a text holds, as the detectors ask for it. */
export const textTraits = (text: string): number => scanner.scan(text).traits;
