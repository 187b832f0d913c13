/** Sections of figures for a terminal, and into docs/PERFORMANCE.md. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { barsOf } from './chart.ts'
import type { Section, Table } from './sections.ts'

const DOCS = join(import.meta.dirname, '..', 'docs')
const PAGE = join(DOCS, 'PERFORMANCE.md')
const CHART = 'pictures/bench-ratios.svg'
const END = '<!-- end -->'
const LINE = 120

/** For a terminal. */
export function tell({ parts }: Section): string {
  return parts.map((part) => (typeof part === 'string' ? `${part}\n` : columns(part))).join('\n')
}

/** Figures to the right, words to the left. */
function columns(rows: Table): string {
  const cells = (at: number): string[] => rows.map((row) => row[at] ?? '')
  const all = (rows[0] ?? []).map((_, at) => ({
    width: Math.max(...cells(at).map((cell) => cell.length)),
    isFigures: cells(at)
      .slice(1)
      .every((cell) => /^([\d–.,]|$)/.test(cell) && cell.length < 40),
  }))
  const cellOf = (cell: string, at: number): string => {
    const { width, isFigures } = all[at] ?? { width: 0, isFigures: false }
    return isFigures && at > 0 ? cell.padStart(width) : cell.padEnd(width)
  }
  return `${rows.map((row) => `  ${row.map(cellOf).join('  ')}`.trimEnd()).join('\n')}\n`
}

/** Puts each section between its marks, and the chart beside; `measured` says when, on what. */
export async function writePage(
  sections: readonly Section[],
  measured: string,
  ratios: Readonly<Record<string, number>>,
): Promise<void> {
  let page = await readFile(PAGE, 'utf8')
  for (const { name, parts } of sections) {
    const begin = `<!-- begin: bench ${name} -->`
    const from = page.indexOf(begin)
    const to = page.indexOf(END, from)
    if (from < 0 || to < from) throw new Error(`${PAGE} has no place for ${name}`)
    const chart = name === 'peers' ? [`![How many times as fast as each peer](${CHART})`] : []
    const bodies = [measured, ...chart, ...parts].map((part) =>
      typeof part === 'string' ? wrapped(part) : table(part),
    )
    page =
      page.slice(0, from) + [begin, ...bodies, ''].join('\n\n').trimEnd() + `\n\n${page.slice(to)}`
  }
  await mkdir(join(DOCS, 'pictures'), { recursive: true })
  await writeFile(join(DOCS, CHART), barsOf(ratios))
  await writeFile(PAGE, page)
}

function table(rows: Table): string {
  const [heading = [], ...body] = rows
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`
  return [line(heading), line(heading.map(() => '---')), ...body.map(line)].join('\n')
}

function wrapped(text: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > LINE) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.join('\n')
}
