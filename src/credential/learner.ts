/** Who a row is about: how learners are told apart and reached. */

import type { Column } from './columns.ts'
import type { Template } from './template.ts'

/** How rows are told apart and delivered. */
export type Learner = {
  readonly name?: string
  readonly email?: string
  readonly externalId?: string
}

/** A cell whose value belongs to one learner alone. */
export type Identity = {
  readonly kind: 'email' | 'identifier'
  readonly column: string
  readonly value: string
}

/** Name, e-mail address and first identifier of a row's learner, as far as the template has columns for them. */
export function learnerOf(template: Template, row: ReadonlyMap<string, string>): Learner {
  const cellOf = (claim: Column['claim']): string => {
    const column = template.file.columns.find((candidate) => candidate.claim === claim)
    return column === undefined ? '' : (row.get(column.column) ?? '').trim()
  }
  const name = [cellOf('givenName'), cellOf('familyName')].filter((part) => part !== '').join(' ')
  const [email, externalId] = [cellOf('email'), cellOf('identifier')]
  return {
    ...(name === '' ? {} : { name }),
    ...(email === '' ? {} : { email }),
    ...(externalId === '' ? {} : { externalId }),
  }
}

/**
 * The row's e-mail address and identifiers of every kind, in the order of the template's columns, empty cells left out:
 * each of them may stand in one row only.
 */
export function identitiesOf(
  template: Template,
  row: ReadonlyMap<string, string>,
): readonly Identity[] {
  return template.file.columns.flatMap(({ claim, column }) => {
    const value = (row.get(column) ?? '').trim()
    return value !== '' && (claim === 'email' || claim === 'identifier')
      ? [{ kind: claim, column, value }]
      : []
  })
}
