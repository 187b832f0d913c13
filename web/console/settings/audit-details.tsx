/** One entry of the audit log, whole. */
import type { ComponentChildren } from 'preact'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printTime } from '../../words/print.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Told } from '../../ui/text.tsx'
import { AUDIT } from './audit.words.ts'
import type { AuditEntry } from './settings-api.ts'

type AuditDetailsProps = {
  readonly entry: AuditEntry
  readonly action: string
  readonly actor: string
  readonly close: () => void
}

export function AuditDetails({ entry, action, actor, close }: AuditDetailsProps) {
  const words = useWords(AUDIT)
  const language = useLanguage()
  return (
    <Dialog isOpen title={action} onClose={close}>
      <dl class="desk-facts">
        <Fact name={words.at}>{printTime(entry.at, language)}</Fact>
        <Fact name={words.actor}>
          <Told>{actor}</Told>
          {actor !== entry.actor && <span class="mono quiet"> {entry.actor}</span>}
        </Fact>
        <Fact name={words.subject}>
          <span class="mono">{entry.subject}</span>
          <CopyButton text={entry.subject} of={words.subject} />
        </Fact>
        <Fact name={words.digest}>
          <span class="mono">{entry.digest}</span>
          <CopyButton text={entry.digest} of={words.digest} />
        </Fact>
      </dl>
      <p class="quiet">{words.digestText}</p>
    </Dialog>
  )
}

export function Fact({
  name,
  children,
}: {
  readonly name: string
  readonly children: ComponentChildren
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
