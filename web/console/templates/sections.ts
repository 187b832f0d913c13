/** In which part of the form a place in the file is filled in. */
import type { SectionName } from './form.words.ts'

const PLACES: readonly (readonly [start: string, name: SectionName])[] = [
  ['/achievement/criteria', 'assessment'],
  ['/assessment', 'assessment'],
  ['/results', 'assessment'],
  ['/learningOutcomes', 'learnt'],
  ['/skills', 'learnt'],
  ['/franceCompetences', 'learnt'],
  ['/level', 'effort'],
  ['/workload', 'effort'],
  ['/participation', 'effort'],
  ['/stackability', 'effort'],
  ['/prerequisites', 'effort'],
  ['/qualityAssurance', 'quality'],
  ['/issuer', 'issuer'],
  ['/validity', 'dates'],
  ['/activity', 'dates'],
  ['/awarded', 'dates'],
  ['/columns', 'columns'],
  ['/hidable', 'columns'],
]

export function sectionOf(place: string): SectionName {
  const found = PLACES.find(([start]) => place === start || place.startsWith(`${start}/`))
  return found?.[1] ?? 'title'
}

/** The heading of a part, which takes the focus where one is led to it. */
export function headingId(name: SectionName): string {
  return `section-${name}`
}
