/** Quotation marks as RFC 4180 wants them: around a whole cell, and written twice inside one. */

const LINE_BREAK = /\r\n|\r|\n/g

/** The cells of one record, from 0, in which a quotation mark stands bare. `raw` is the record as in the file. */
export function bareQuotesIn(raw: string, delimiter: ';' | ','): ReadonlySet<number> {
  const bare = new Set<number>()
  // A quoted part if there is one, then whatever comes before the next delimiter: how the parser parts cells too.
  const cell = new RegExp(`("[^"]*(?:""[^"]*)*")?([^${delimiter}]*)(${delimiter}|$)`, 'y')
  for (let index = 0; ; index += 1) {
    const found = cell.exec(raw)
    if (found === null) return bare
    const [, quoted, rest = '', end] = found
    if (quoted === undefined ? rest.includes('"') : !/^[\r\n]*$/.test(rest)) bare.add(index)
    if (end === '') return bare
  }
}

/** How many lines of the file a record takes. */
export function linesOf(raw: string): number {
  return 1 + (raw.replace(/(?:\r\n|\r|\n)$/, '').match(LINE_BREAK)?.length ?? 0)
}
