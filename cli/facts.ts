import { printable } from './printable.ts'
import type { Terminal } from './terminal.ts'

/** Labels and texts in two columns; the text under the label `bold` stands out. */
export function tellFacts(
  facts: readonly (readonly [label: string, text: string])[],
  bold: string,
  { say, paint }: Terminal,
): void {
  const width = Math.max(...facts.map(([label]) => label.length))
  for (const [label, text] of facts) {
    const shown = printable(text)
    say(`${label.padEnd(width)}  ${label === bold ? paint('bold', shown) : shown}`)
  }
}
