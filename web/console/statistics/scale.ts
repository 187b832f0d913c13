/** The scale of a chart of whole numbers. */

/**
 * Where lines are drawn, from 0 up to the first round number at or above the highest value: two to four steps of 1, 2 or 5
 * times a power of ten.
 */
export function ticksOf(highest: number): readonly number[] {
  if (highest <= 0) return [0, 1]
  const rough = highest / 3
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)))
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? 10 * power
  const whole = Math.max(1, step)
  const count = Math.ceil(highest / whole)
  return Array.from({ length: count + 1 }, (_, i) => i * whole)
}

/** In percent of the earlier; undefined where there was nothing to compare with. */
export function changeOf(now: number, before: number): number | undefined {
  return before === 0 ? undefined : ((now - before) / before) * 100
}
