import { useWords } from '../../words/language.tsx'
import { FRAME } from '../frame.words.ts'
import { Heading } from '../heading.tsx'
import type { Place } from '../place.ts'

/** `place.path` is what follows the name in the address. */
export function SettingsPlace({ place }: { readonly place: Place }) {
  return <Heading title={useWords(FRAME).names[place.name]} />
}
