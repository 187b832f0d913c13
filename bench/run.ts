/** Runs measurements, each several times in processes of its own, and takes the median. */
import { tellingOf, UnfinishedError } from './child.ts'

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

/** How long it may take. */
export type Limits = {
  /** At most so many runs of each size. */
  readonly runs: number
  /** No further run of a size is begun when it took so long already, milliseconds. */
  readonly budgetMs: number
  /** A run that takes longer is ended. */
  readonly limitMs: number
}

/**
 * The figures of one measure, from small to large. A size that does not end in time, or fails, is said to, and larger
 * ones are not tried.
 */
export async function figuresOf(plan: Plan, limits: Limits): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const size of plan.sizes) {
    const figure = await figureOf(plan.name, size, limits)
    figures.push(figure)
    if (figure.ms === undefined) break
  }
  return figures
}

async function figureOf(name: string, size: number, limits: Limits): Promise<Figure> {
  const times: number[] = []
  let rssMiB = 0
  const since = performance.now()
  while (times.length < limits.runs && performance.now() - since < limits.budgetMs) {
    try {
      const told = await tellingOf('measure.ts', [name, String(size)], limits.limitMs)
      times.push(Number(told['ms']))
      rssMiB = Math.max(rssMiB, Number(told['rssMiB']))
    } catch (error) {
      if (!(error instanceof UnfinishedError)) throw error
      const why = error.message
      return { name, size, ms: undefined, runs: times, rssMiB: undefined, why }
    }
  }
  return { name, size, ms: median(times), runs: times, rssMiB }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

/** `b` of the best fit time = a · size^b; undefined where fewer than two sizes were measured. */
export function exponentOf(
  figures: readonly { readonly size: number; readonly ms: number | undefined }[],
): number | undefined {
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
