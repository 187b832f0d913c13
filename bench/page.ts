/** Figures as tables for a terminal, and as tables and a chart for docs/PERFORMANCE.md. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { barsOf } from './chart.ts'
import type { Compared, Figure } from './run.ts'

const DOCS = join(import.meta.dirname, '..', 'docs')
const PAGE = join(DOCS, 'PERFORMANCE.md')
const CHART = 'pictures/bench-ratios.svg'
const BEGIN = '<!-- begin: npm run bench -- --write -->'
const END = '<!-- end -->'

const HEADING = ['what', 'items', 'median', 'items / s', 'peak memory']

function rowOf({ name, size, ms, rssMiB, why }: Figure): string[] {
  if (ms === undefined || rssMiB === undefined) return [name, count(size), why ?? '', '', '']
  const time = ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`
  return [
    name,
    count(size),
    time,
    count(Math.round((1000 * size) / ms)),
    `${rssMiB.toFixed(0)} MiB`,
  ]
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

function ratioRows({ ratios }: Compared): string[][] {
  return Object.entries(ratios).map(([name, ratio]) => [name, `${ratio.toFixed(1)} ×`])
}

function exponentRows({ exponents }: Compared): string[][] {
  return Object.entries(exponents).map(([name, exponent]) => [name, exponent.toFixed(2)])
}

/** For a terminal. */
export function tell(compared: Compared): string {
  const { machine, runs, figures } = compared
  return [
    `\n${machine}; medians of ${runs} runs, each in a process of its own\n`,
    columns([HEADING, ...figures.map(rowOf)]),
    'How many times as fast as a peer ours is, at the largest size that both did:\n',
    columns(ratioRows(compared)),
    'How time grows with the number of items (exponent; 1 is in proportion):\n',
    columns(exponentRows(compared)),
    '',
  ].join('\n')
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')}`
  return `${rows.map(line).join('\n')}\n`
}

/** Puts the tables between their marks, and the chart beside. */
export async function writePage(compared: Compared): Promise<void> {
  const page = await readFile(PAGE, 'utf8')
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place for the figures`)
  const { machine, at, runs, figures } = compared
  const text = [
    BEGIN,
    '',
    `Measured on ${at.slice(0, 10)}: ${machine}; medians of ${runs} runs, each in a process of its own.`,
    '',
    `![How many times as fast as each peer](${CHART})`,
    '',
    table([['against', 'times as fast'], ...ratioRows(compared)]),
    '',
    table([HEADING, ...figures.map(rowOf)]),
    '',
    table([['growth', 'exponent'], ...exponentRows(compared)]),
    '',
  ].join('\n')
  await mkdir(join(DOCS, 'pictures'), { recursive: true })
  await writeFile(join(DOCS, CHART), barsOf(compared.ratios))
  await writeFile(PAGE, page.slice(0, from) + text + page.slice(to))
}

function table(rows: readonly (readonly string[])[]): string {
  const [heading = [], ...body] = rows
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`
  return [line(heading), line(heading.map(() => '---')), ...body.map(line)].join('\n')
}
