/** The reader of files, as the page asks it. */
import type { Answered, Asked, Correction, Letter, Opened, Row } from './messages.ts'

export type Reader = {
  /** Reads a file; the one before is let go of. Rejects where the browser cannot read it. */
  open(file: Blob): Promise<Opened>
  /** The same of a workbook, whose rows the server gives as CSV. */
  openSheet(workbook: Blob, csv: Blob): Promise<Opened>
  rows(indexes: readonly number[]): Promise<readonly Row[]>
  /** The open file with some rows written anew or left out, opened in its place. */
  correct(corrections: ReadonlyMap<number, Correction>): Promise<Opened>
  close(): void
}

type Waiting = {
  readonly resolve: (answered: Answered) => void
  readonly reject: (error: Error) => void
}

export function readerOf(): Reader {
  const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  let last = 0
  worker.addEventListener('message', ({ data }: MessageEvent<Letter<Answered>>) => {
    const { id, body } = data
    const { resolve, reject } = waiting.get(id) ?? {}
    waiting.delete(id)
    if (body.did === 'fail') reject?.(new Error(body.why))
    else resolve?.(body)
  })
  worker.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new Error('the file reader stopped'))
    waiting.clear()
  })
  const ask = (body: Asked): Promise<Answered> =>
    new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      const letter: Letter<Asked> = { id: last, body }
      worker.postMessage(letter)
    })
  return {
    open: async (file) => openedOf(await ask({ do: 'open', file })),
    openSheet: async (workbook, csv) => openedOf(await ask({ do: 'open-sheet', workbook, csv })),
    rows: async (indexes) => {
      const answered = await ask({ do: 'rows', indexes })
      return answered.did === 'rows' ? answered.rows : []
    },
    correct: async (corrections) => openedOf(await ask({ do: 'correct', corrections })),
    close: () => {
      worker.terminate()
    },
  }
}

function openedOf(answered: Answered): Opened {
  if (answered.did !== 'open') throw new Error('the file reader answers something else')
  return answered.opened
}
