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
const ROWS_AT_ONCE = 500

/**
 * RFC 4180 in pieces, with a byte order mark for spreadsheets; what would start a formula there has a `'` before it
 * (OWASP, "CSV Injection").
 */
export function* linksCsv(links: readonly LinkRow[]): Generator<string> {
  for (let from = 0; from === 0 || from < links.length; from += ROWS_AT_ONCE) {
    const rows = links.slice(from, from + ROWS_AT_ONCE)
    const isFirst = from === 0
    yield stringify(
      rows.map(({ learner: { name = '', email = '', externalId = '' }, ...rest }) => {
        const { row, index, cid, link } = rest
        return { row, index, cid, link, name, email, externalId }
      }),
      {
        header: isFirst,
        columns: [...COLUMNS],
        bom: isFirst,
        escape_formulas: true,
        record_delimiter: 'windows',
      },
    )
  }
}
