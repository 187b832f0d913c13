/** A table as a file that opens in a spreadsheet, in which nothing of it is calculated. */

const FORMULA = /^[=+\-@\t\r]/
/** What spreadsheets take for UTF-8. */
const MARK = '\uFEFF'

/**
 * RFC 4180. A text that a spreadsheet would take for a formula has a `'` before it (OWASP, "CSV Injection"); numbers stay
 * as they are.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return MARK + rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
