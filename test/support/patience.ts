/**
 * How much longer than usual a test may wait (`INALTERA_PATIENCE`, a factor): CI runs on machines that others use as
 * well. It is for limits behind which something is wrong, never for what a test measures.
 */
const factor = Number(process.env['INALTERA_PATIENCE'] ?? 1)

/** So many milliseconds, or longer. */
export function patiently(ms: number): number {
  return ms * factor
}

/** So long a page has for what is waited for. */
export const PAGE_MS = patiently(30_000)
