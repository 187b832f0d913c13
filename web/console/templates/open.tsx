/** What a template begins with before it is written: nothing, what was kept of it here, or what the server has. */
import { useMemo } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { Heading } from '../heading.tsx'
import { useLoaded } from '../load.ts'
import { hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { Waiting } from '../waiting.tsx'
import { Editor } from './editor.tsx'
import { EDITOR } from './editor.words.ts'
import { firstDraft } from './first-draft.ts'
import { keptDraft } from './kept-draft.ts'
import { readTemplate } from './templates-api.ts'

export function NewTemplate() {
  const { session } = useSession()
  const language = useLanguage()
  const { account, name } = session.issuer
  const before = useMemo(
    () => firstDraft(name, language, -new Date().getTimezoneOffset(), crypto.randomUUID()),
    [],
  )
  const kept = useMemo(() => keptDraft(account, 'new'), [])
  return <Editor name="new" before={before} kept={kept} stored={undefined} />
}

export function OldTemplate({ id }: { readonly id: string }) {
  const words = useWords(EDITOR)
  const { session, api } = useSession()
  const { value, problem, again } = useLoaded((ended) => readTemplate(api, id, ended), [id])
  const kept = useMemo(() => keptDraft(session.issuer.account, id), [])
  if (value === undefined) {
    return (
      <>
        <Heading title={words.one} back={{ href: hrefOf('templates'), label: words.back }} />
        {problem === undefined ? <Waiting /> : <ProblemNote problem={problem} again={again} />}
      </>
    )
  }
  return <Editor name={id} before={value.file} kept={kept} stored={value} />
}
