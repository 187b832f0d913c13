/** Another host than this page's: whom its reader is told of before it is asked, and what it answered. */
import type { ComponentChildren } from 'preact'
import { Seal } from '../ui/seal.tsx'
import { Told } from '../ui/text.tsx'
import { fill } from '../words/fill.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printDay } from '../words/print.ts'
import { toldState } from './glance.ts'
import type { ItemState } from './items.ts'
import type { Link } from './links.ts'
import { RESULT } from './result.words.ts'

type OtherHostProps = { readonly link: Link; readonly open: () => void }

export function OtherHost({ link, open }: OtherHostProps) {
  const words = useWords(RESULT)
  const host = <HostOf link={link} />
  return (
    <div class="notice">
      <p>{fill(link.kind === 'holder' ? words.openHolder : words.openShare, { host })}</p>
      <button type="button" class="button primary" onClick={open}>
        <span>{fill(words.open, { host })}</span>
      </button>
    </div>
  )
}

function HostOf({ link }: { readonly link: Link }) {
  return <Told>{new URL(link.origin).host}</Told>
}

type ToldState = Extract<ItemState, { readonly step: 'told' }>
type ToldByHostProps = Pick<ToldState, 'link' | 'told'> & { readonly again: () => void }

export function ToldByHost({ link, told, again }: ToldByHostProps) {
  const words = useWords(RESULT)
  const mayAnswer = told.state === 'unreachable' || told.state === 'damaged'
  return (
    <Seal
      state={toldState(told.state)}
      more={
        mayAnswer ? (
          <button type="button" class="button" onClick={again}>
            {words.retry}
          </button>
        ) : null
      }
    >
      <Sentence link={link} told={told} />
    </Seal>
  )
}

function Sentence({ link, told }: Pick<ToldState, 'link' | 'told'>): ComponentChildren {
  const words = useWords(RESULT)
  const language = useLanguage()
  const host = <HostOf link={link} />
  switch (told.state) {
    case 'erased':
    case 'replaced':
      if (told.at === undefined) return fill(words[told.state], { host })
      return fill(words[`${told.state}On`], { host, date: printDay(told.at, language) })
    case 'unreachable':
    case 'damaged':
      return fill(words[told.state], { host })
    case 'withdrawn':
      return words.withdrawn
  }
}
