/** When a batch reached each of its states; empty for what happened before these columns were there. */

const schemaOf = (time: string): string =>
  ['sealed_at', 'stored_at', 'submitted_at', 'final_at']
    .map((column) => `ALTER TABLE batches ADD COLUMN ${column} ${time};`)
    .join('\n')

export const SQLITE_TIMES = schemaOf('INTEGER')
export const POSTGRES_TIMES = schemaOf('BIGINT')
