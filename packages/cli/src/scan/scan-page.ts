import type { ScanReport } from './scan-report.js';
export function renderScanPage(_: ScanReport): string {
  return '';
}
