/** What a run of tests comes to, and the one plain line in which every runner here states it last. */
export interface Figures {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const NOTHING: Figures = { passed: 0, failed: 0, skipped: 0 }

export function sumOf(parts: readonly Figures[]): Figures {
  return parts.reduce((sum, part) => {
    return {
      passed: sum.passed + part.passed,
      failed: sum.failed + part.failed,
      skipped: sum.skipped + part.skipped,
    }
  }, NOTHING)
}

export function plainLine({ passed, failed, skipped }: Figures): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** The figures of the last plain line in a text, or `undefined` where there is none. */
export function figuresIn(text: string): Figures | undefined {
  const last = [...text.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1)
  if (last === undefined) return undefined
  return { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3]) }
}

/** Hardhat counts its Solidity tests in lines like `8 passing (4 solidity, 4 mocha)`. */
export function solidityFigures(output: string): Figures {
  const count = (label: string): number => {
    const line = new RegExp(`^\\d+ ${label} \\((?:.*, )?(\\d+) solidity\\b`, 'm').exec(output)
    return Number(line?.[1] ?? 0)
  }
  return { passed: count('passing'), failed: count('failing'), skipped: count('skipped') }
}

/** Rows in columns as wide as their widest cell. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n')
}
