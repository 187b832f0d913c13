/** The figures as files. */
import { utf8 } from '../../../src/index.ts'
import { csvOf } from '../csv.ts'
import { saveFile } from '../../engine/save-file.ts'
import { COUNTED } from './counts.ts'
import type { Statistics } from './answers.ts'
import type { Counted } from './counts.ts'

type FileWords = {
  readonly counted: Readonly<Record<Counted, string>>
  readonly dayColumn: string
  readonly template: string
  readonly noTemplate: string
  readonly file: string
  readonly templatesFile: string
}

const TYPE = 'text/csv;charset=utf-8'

/** Day by day, whatever a chart puts together. */
export function saveDays({ days, period }: Statistics, words: FileWords): void {
  const rows = [
    [words.dayColumn, ...COUNTED.map((what) => words.counted[what])],
    ...days.map((day) => [day.day, ...COUNTED.map((what) => day[what])]),
  ]
  saveFile(`${words.file}-${period.from}-${period.to}.csv`, TYPE, utf8(csvOf(rows)))
}

export function saveByTemplate({ templates, period }: Statistics, words: FileWords): void {
  const rows = [
    [words.template, ...COUNTED.map((what) => words.counted[what])],
    ...templates.map((one) => [one.name ?? words.noTemplate, ...COUNTED.map((what) => one[what])]),
  ]
  saveFile(`${words.templatesFile}-${period.from}-${period.to}.csv`, TYPE, utf8(csvOf(rows)))
}
