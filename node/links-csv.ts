/** The file of links that an issuer hands out, safe to open in a spreadsheet. */

import { stringify } from 'csv-stringify/sync'

/** A row of it: whose link, and the link. */
export type LinkRow = {
  readonly row: number
  readonly index: number
  readonly cid: string
  readonly link: string
  readonly learner: {
    readonly name?: string
    readonly email?: string
    readonly externalId?: string
  }
}

const COLUMNS = ['row', 'name', 'email', 'externalId', 'index', 'cid', 'link'] as const

/**
 * RFC 4180 in pieces, one for each page of links, with a byte order mark for spreadsheets; what would start a formula
 * there has a `'` before it (OWASP, "CSV Injection").
 */
export async function* linksCsv(
  pages: AsyncIterable<readonly LinkRow[]> | Iterable<readonly LinkRow[]>,
): AsyncGenerator<string> {
  let isFirst = true
  for await (const page of pages) {
    yield csvOf(page, isFirst)
    isFirst = false
  }
}

function csvOf(links: readonly LinkRow[], isFirst: boolean): string {
  const rows = links.map(({ learner: { name = '', email = '', externalId = '' }, ...rest }) => {
    const { row, index, cid, link } = rest
    return { row, index, cid, link, name, email, externalId }
  })
  return stringify(rows, {
    header: isFirst,
    columns: [...COLUMNS],
    bom: isFirst,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
