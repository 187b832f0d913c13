/** Reads files beside the page, so that the page answers while a large one is read. */
import { openCsv, openFile, openSheet } from './csv-file.ts'
import type { CsvFile } from './csv-file.ts'
import type { Answered, Asked, Letter, Opened } from './messages.ts'

let current: CsvFile | undefined

addEventListener('message', ({ data }: MessageEvent<Letter<Asked>>) => {
  void answer(data)
})

async function answer({ id, body }: Letter<Asked>): Promise<void> {
  let answered: Answered
  try {
    answered = await doneOf(body)
  } catch (error) {
    answered = { did: 'fail', why: String(error) }
  }
  const letter: Letter<Answered> = { id, body: answered }
  postMessage(letter)
}

async function doneOf(asked: Asked): Promise<Answered> {
  switch (asked.do) {
    case 'open':
      return took(await openFile(asked.file))
    case 'open-sheet':
      return took(await openSheet(asked.workbook, asked.csv))
    case 'correct':
      if (current === undefined) throw new Error('no file is open')
      return took(
        await openCsv(
          current.corrected(asked.corrections),
          current.opened.isSheet ? {} : undefined,
        ),
      )
    case 'rows':
      return { did: 'rows', rows: current?.rows(asked.indexes) ?? [] }
  }
}

function took(found: CsvFile | Opened): Answered {
  current = 'opened' in found ? found : undefined
  return { did: 'open', opened: 'opened' in found ? found.opened : found }
}
