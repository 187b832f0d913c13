/** Sending links by e-mail, and what became of the letters. */
import { useEffect, useState } from 'preact/hooks'
import { LANGUAGES } from '../../../src/index.ts'
import type { Language } from '../../../src/index.ts'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { SelectField } from '../field.tsx'
import { NOTHING } from '../api.ts'
import { useAct, useLoaded } from '../load.ts'
import { hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useApi } from '../session.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { LETTER_TONES, LETTERS } from './letters.words.ts'
import type { LetterState } from './letters.words.ts'
import { MAIL, MAILED } from './shapes.ts'
import type { Mail } from './shapes.ts'
import { pathOf } from './use-batch.ts'

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français' }
const LOOK_AGAIN_MS = 3000
const SHOWN: readonly LetterState[] = ['accepted', 'queued', 'refused', 'failed']

export function Letters({ batchId }: { readonly batchId: string }) {
  const words = useWords(LETTERS)
  const api = useApi()
  const path = `${pathOf(batchId)}/mail`
  const { value: mail, problem, again } = useLoaded((ended) => api.get(path, MAIL, ended), [path])
  const isMoving = (mail?.counts.queued ?? 0) > 0
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(again, LOOK_AGAIN_MS)
    return () => {
      clearInterval(timer)
    }
  }, [isMoving, again])
  return (
    <div class="desk-stack tight batch-part">
      <h3>{words.title}</h3>
      {problem && <ProblemNote problem={problem} again={again} />}
      {mail !== undefined && <Counts counts={mail.counts} />}
      {mail !== undefined && <Sending path={path} hasSent={mail.letters.length > 0} sent={again} />}
      {mail !== undefined && <Undelivered mail={mail} sent={again} />}
    </div>
  )
}

function Counts({ counts }: { readonly counts: Mail['counts'] }) {
  const words = useWords(LETTERS)
  const language = useLanguage()
  const shown = SHOWN.filter((state) => counts[state] > 0)
  if (shown.length === 0) return null
  return (
    <ul class="batch-counts" role="list" aria-live="polite">
      {shown.map((state) => (
        <li key={state}>
          <StatusBadge tone={LETTER_TONES[state]}>
            {printNumber(counts[state], language)}
          </StatusBadge>
          <span>{words.states[state]}</span>
        </li>
      ))}
    </ul>
  )
}

type SendingProps = {
  readonly path: string
  readonly hasSent: boolean
  readonly sent: () => void
}

function Sending({ path, hasSent, sent }: SendingProps) {
  const words = useWords(LETTERS)
  const api = useApi()
  const [language, setLanguage] = useState<Language>(useLanguage())
  const { isBusy, problem, act } = useAct(async () => {
    await api.send('POST', path, MAILED, { json: { language } })
    sent()
  })
  return (
    <>
      {!hasSent && <p class="quiet">{words.what}</p>}
      {problem && <ProblemNote problem={problem} />}
      <div class="desk-actions">
        <SelectField
          label={words.language}
          value={language}
          choices={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          take={setLanguage}
        />
        <button type="button" class="button" disabled={isBusy} onClick={() => void act()}>
          {isBusy ? words.sending : hasSent ? words.sendRest : words.send}
        </button>
      </div>
    </>
  )
}

/** More of them than this are looked at in the certificates. */
const MOST_SHOWN = 20

function Undelivered({ mail, sent }: { readonly mail: Mail; readonly sent: () => void }) {
  const words = useWords(LETTERS)
  // What was sent again since then stands further down.
  const last = new Map(mail.letters.map((letter) => [letter.cid, letter]))
  const open = [...last.values()].filter(({ state }) => state === 'refused' || state === 'failed')
  if (open.length === 0) return null
  return (
    <div class="desk-stack tight">
      <h3>{words.unsent}</h3>
      <ul class="batch-letters" role="list">
        {open.slice(0, MOST_SHOWN).map((letter) => (
          <UndeliveredLetter key={letter.cid} letter={letter} sent={sent} />
        ))}
      </ul>
    </div>
  )
}

type UndeliveredLetterProps = {
  readonly letter: Mail['letters'][number]
  readonly sent: () => void
}

function UndeliveredLetter({ letter: { cid, index }, sent }: UndeliveredLetterProps) {
  const words = useWords(LETTERS)
  const language = useLanguage()
  const api = useApi()
  const { isBusy, problem, act } = useAct(async (idempotencyKey) => {
    const path = `/api/v1/certificates/${encodeURIComponent(cid)}/mail`
    await api.send('POST', path, NOTHING, { json: {}, idempotencyKey })
    sent()
  })
  return (
    <li>
      <a href={hrefOf('certificates', [cid])}>
        {words.certificate(printNumber(index + 1, language))}
      </a>
      <button type="button" class="button" disabled={isBusy} onClick={() => void act()}>
        {words.resend}
      </button>
      {problem && <ProblemNote problem={problem} />}
    </li>
  )
}
