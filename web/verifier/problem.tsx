/** What is wrong with a file, and where in it: for who has to mend it. */
import { catalogueOf } from '../../src/index.ts'
import type { FormatError } from '../../src/index.ts'
import { Told } from '../ui/text.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { SETTINGS } from './settings.words.ts'

export function Problem({ error }: { readonly error: FormatError }) {
  const words = useWords(SETTINGS)
  const { format } = catalogueOf(useLanguage())
  const { field, code } = error
  return (
    <>
      {format[code]}
      {field === '' ? null : (
        <>
          {' '}
          {words.where} <code class="mono">{<Told>{field}</Told>}</code>
        </>
      )}
    </>
  )
}
