/** Rows for the example template, as many as a test needs. */

import { readFile, writeFile } from 'node:fs/promises'
import { EXAMPLE_ROWS } from '../folder.ts'

/** Writes a CSV file of so many learners, all different. */
export async function writeRows(path: string, count: number): Promise<string> {
  const [header = ''] = (await readFile(EXAMPLE_ROWS, 'utf8')).split('\n')
  const rows = Array.from(
    { length: count },
    (_, n) =>
      `A-${n};Zoé;L’Hôte ${n};03/02/1999;zoe-${n}@courriel.example;12/06/2026;15,5;90 %;100 %;Acquis`,
  )
  await writeFile(path, [header, ...rows, ''].join('\n'))
  return path
}
