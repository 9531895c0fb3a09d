export const REPORT_EXPECTED = 'a file that ends in .html or .md';

export function isReportFile(path: string): boolean {
  return path.endsWith('.html') || path.endsWith('.md');
}
