/** Runs measurements, each several times in processes of its own, and takes the median. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Figure = {
  readonly name: string
  readonly size: number
  /** Of the whole work, milliseconds: the median, and every run. Undefined where none ended in time. */
  readonly ms: number | undefined
  readonly runs: readonly number[]
  /** The most memory that a run held, MiB. */
  readonly rssMiB: number | undefined
  /** Why there is no figure. */
  readonly why?: string
}

export type Plan = { readonly name: string; readonly sizes: readonly number[] }

/** A whole comparison. */
export type Compared = {
  readonly machine: string
  readonly at: string
  readonly runs: number
  readonly figures: readonly Figure[]
  /** How many times as fast as a peer ours is, at the largest size that both did: by `<work>/<peer>`. */
  readonly ratios: Readonly<Record<string, number>>
  /** Of time = a · size^b. */
  readonly exponents: Readonly<Record<string, number>>
}

const MEASURE = join(import.meta.dirname, 'measure.ts')

/**
 * The figures of one measure, from small to large. A size that does not end within `limitMs`, or fails, is said to, and
 * larger ones are not tried.
 */
export async function figuresOf(plan: Plan, runs: number, limitMs: number): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const size of plan.sizes) {
    const figure = await figureOf(plan.name, size, runs, limitMs)
    figures.push(figure)
    if (figure.ms === undefined) break
  }
  return figures
}

async function figureOf(
  name: string,
  size: number,
  runs: number,
  limitMs: number,
): Promise<Figure> {
  const times: number[] = []
  let rssMiB = 0
  for (let run = 0; run < runs; run += 1) {
    try {
      const one = await measured(name, size, limitMs)
      times.push(one.ms)
      rssMiB = Math.max(rssMiB, one.rssMiB)
    } catch (error) {
      return {
        name,
        size,
        ms: undefined,
        runs: times,
        rssMiB: undefined,
        why: whyOf(error, limitMs),
      }
    }
  }
  return { name, size, ms: median(times), runs: times, rssMiB }
}

async function measured(
  name: string,
  size: number,
  limitMs: number,
): Promise<{ readonly ms: number; readonly rssMiB: number }> {
  const args = ['--max-old-space-size=8192', MEASURE, name, String(size)]
  const options = { timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: 1 << 24 } as const
  const { stdout } = await promisify(execFile)(process.execPath, args, options)
  const told: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  if (typeof told !== 'object' || told === null || !('ms' in told) || !('rssMiB' in told)) {
    throw new Error(`${name} told no figure`)
  }
  return { ms: Number(told.ms), rssMiB: Number(told.rssMiB) }
}

function whyOf(error: unknown, limitMs: number): string {
  const isKilled = error instanceof Error && 'killed' in error && error.killed === true
  if (isKilled) return `not done within ${limitMs / 1000} s`
  return error instanceof Error ? (error.message.split('\n').at(-1) ?? 'failed') : 'failed'
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

/** `b` of the best fit time = a · size^b; undefined where fewer than two sizes were measured. */
export function exponentOf(figures: readonly Figure[]): number | undefined {
  const points = figures.flatMap(({ size, ms }) =>
    ms === undefined ? [] : [{ x: Math.log(size), y: Math.log(ms) }],
  )
  if (points.length < 2) return undefined
  const mean = (pick: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)]
  const above = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0)
  return above / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
}
