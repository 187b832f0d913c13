/** A chart of ratios: one bar each, on a scale of powers of ten, readable on light and dark pages. */

const LEFT = 220
const WIDTH = 720
const ROW = 36
const TOP = 34

export function barsOf(ratios: Readonly<Record<string, number>>): string {
  const entries = Object.entries(ratios)
  const decades = Math.max(1, Math.ceil(Math.log10(Math.max(...entries.map(([, value]) => value)))))
  const reach = (value: number): number =>
    (Math.max(0, Math.log10(value)) / decades) * (WIDTH - LEFT - 90)
  const height = TOP + ROW * entries.length + 12
  const ticks = Array.from({ length: decades + 1 }, (_, power) => {
    const x = LEFT + reach(10 ** power)
    return (
      `<line x1="${x}" y1="${TOP - 8}" x2="${x}" y2="${height - 10}" stroke="#8a929a" stroke-opacity=".4"/>` +
      `<text x="${x}" y="${TOP - 14}" text-anchor="middle" fill="#6b7480">${10 ** power} ×</text>`
    )
  })
  const bars = entries.map(([name, value], at) => {
    const y = TOP + at * ROW
    const end = LEFT + reach(value)
    return (
      `<text x="${LEFT - 12}" y="${y + 19}" text-anchor="end" fill="#6b7480">${name}</text>` +
      `<rect x="${LEFT}" y="${y + 4}" width="${Math.max(2, end - LEFT)}" height="22" rx="3" fill="#2f7d62"/>` +
      `<text x="${end + 8}" y="${y + 20}" fill="#6b7480">${value.toFixed(value < 10 ? 1 : 0)} ×</text>`
    )
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img"`,
    ` aria-label="How many times as fast as each peer" font-family="system-ui, sans-serif" font-size="14">`,
    ...ticks,
    ...bars,
    '</svg>\n',
  ].join('')
}
