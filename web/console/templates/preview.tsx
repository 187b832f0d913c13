/** The template as the learner's certificate, on the row of an invented learner that can be changed. */
import { useState } from 'preact/hooks'
import { CELL_TEXTS } from '../../../src/index.ts'
import type { RowError, Template } from '../../../src/index.ts'
import { useLanguage, useWords } from '../../words/language.tsx'
import type { Words } from '../../words/language.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { TextField } from '../field.tsx'
import { useSession } from '../session.tsx'
import { sampleCredential, sampleRow } from './sample.ts'

type PreviewWords = {
  readonly title: string
  readonly text: string
  readonly row: string
  readonly wrong: string
}

const WORDS: Words<PreviewWords> = {
  en: {
    title: 'Preview',
    text: 'An invented learner. Nothing is issued.',
    row: 'Change the row',
    wrong: 'This row would be refused:',
  },
  fr: {
    title: 'Aperçu',
    text: 'Un apprenant inventé. Rien n’est émis.',
    row: 'Changer la ligne',
    wrong: 'Cette ligne serait refusée\u202f:',
  },
}

type PreviewProps = { readonly template: Template; readonly close: () => void }

export function Preview({ template, close }: PreviewProps) {
  const words = useWords(WORDS)
  const { session } = useSession()
  const [row, setRow] = useState(() => sampleRow(template))
  const [now] = useState(() => new Date())
  const made = sampleCredential(template, row, session.issuer.account, now)
  const errors = 'rowErrors' in made ? made.rowErrors : []
  return (
    <Dialog isOpen isWide title={words.title} onClose={close}>
      <div class="desk-stack">
        <p class="quiet">{words.text}</p>
        <details class="desk-more">
          <summary>{words.row}</summary>
          <Row row={row} errors={errors} change={setRow} />
        </details>
        {'credential' in made ? (
          <Sheet
            certificate={{ credential: made.credential, hidden: new Map() }}
            verdict={{ issuer: asIssuer(session.issuer), network: null }}
            state="checking"
          />
        ) : (
          <Errors errors={errors} />
        )}
      </div>
    </Dialog>
  )
}

type RowProps = {
  readonly row: ReadonlyMap<string, string>
  readonly errors: readonly RowError[]
  readonly change: (row: ReadonlyMap<string, string>) => void
}

function Row({ row, errors, change }: RowProps) {
  const language = useLanguage()
  return (
    <div class="desk-grid">
      {[...row].map(([column, cell]) => {
        const error = errors.find((one) => one.column === column)
        return (
          <TextField
            key={column}
            label={column}
            value={cell}
            error={error === undefined ? undefined : CELL_TEXTS[error.code][language]}
            take={(text) => {
              change(new Map([...row, [column, text]]))
            }}
          />
        )
      })}
    </div>
  )
}

function Errors({ errors }: { readonly errors: readonly RowError[] }) {
  const words = useWords(WORDS)
  const language = useLanguage()
  return (
    <div role="alert">
      <p>{words.wrong}</p>
      <ul>
        {errors.map(({ column, claim, code }) => (
          <li key={`${column ?? ''} ${claim}`}>
            {column ?? claim}: {CELL_TEXTS[code][language]}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** As this server's policy names whoever is signed in. */
function asIssuer({ account, name }: { readonly account: string; readonly name: string | null }) {
  return { account, name, namedBy: null, domain: null, claimedName: null }
}
