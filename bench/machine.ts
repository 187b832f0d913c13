import { cpus, loadavg, totalmem } from 'node:os'

/** What the figures were measured on, in a line. */
export function machine(): string {
  const [first] = cpus()
  const model = first?.model.replace(/\s+/g, ' ').trim() ?? 'unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  const load = (loadavg()[0] ?? 0).toFixed(1)
  return `${cpus().length} × ${model}, ${memory} GiB, Node.js ${process.versions.node}, load ${load}`
}
