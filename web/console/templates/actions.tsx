/** What can be done with a template. */
import { useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { say } from '../../ui/toast.tsx'
import { Confirm } from '../confirm.tsx'
import { go, hrefOf } from '../place.ts'
import { useSession } from '../session.tsx'
import { textAt, withValue } from './draft.ts'
import type { Editing } from './editing.tsx'
import { EDITOR } from './editor.words.ts'
import { exportFile } from './files.ts'
import { keepDraft } from './kept-draft.ts'
import { deleteTemplate } from './templates-api.ts'
import type { StoredTemplate } from './templates-api.ts'

type ActionsProps = {
  readonly editing: Editing
  readonly stored: StoredTemplate | undefined
  readonly preview: () => void
  /** Undefined where it may not be changed. */
  readonly save: (() => void) | undefined
  readonly isSaving: boolean
}

export function EditorActions({ editing, stored, preview, save, isSaving }: ActionsProps) {
  const words = useWords(EDITOR)
  const { session, may } = useSession()
  const [isDeleting, setDeleting] = useState(false)
  const { file } = editing.judgement
  const duplicate = (): void => {
    const id = `urn:uuid:${crypto.randomUUID()}`
    keepDraft(session.issuer.account, 'new', withValue(file, '/achievement/id', id))
    go(hrefOf('templates', ['new']))
  }
  return (
    <>
      {stored !== undefined && may('templates:write') && (
        <>
          {stored.archivedAt === null && (
            <button
              type="button"
              class="button plain"
              onClick={() => {
                setDeleting(true)
              }}
            >
              {words.deleteVerb}
            </button>
          )}
          <button type="button" class="button plain" onClick={duplicate}>
            {words.duplicate}
          </button>
        </>
      )}
      <button
        type="button"
        class="button plain"
        onClick={() => {
          exportFile(file, textAt(file, '/achievement/name'))
        }}
      >
        {words.exportFile}
      </button>
      <button type="button" class="button" onClick={preview}>
        {words.preview}
      </button>
      {save !== undefined && (
        <button type="button" class="button primary" disabled={isSaving} onClick={save}>
          {isSaving ? words.saving : words.save}
        </button>
      )}
      {isDeleting && stored !== undefined && (
        <Deletion
          stored={stored}
          close={() => {
            setDeleting(false)
          }}
        />
      )}
    </>
  )
}

type DeletionProps = { readonly stored: StoredTemplate; readonly close: () => void }

function Deletion({ stored, close }: DeletionProps) {
  const words = useWords(EDITOR)
  const { session, api } = useSession()
  return (
    <Confirm
      title={words.deleteTitle(stored.name)}
      verb={words.deleteVerb}
      ask={{ for: 'name', name: stored.name }}
      confirm={async () => {
        await deleteTemplate(api, stored.id)
        keepDraft(session.issuer.account, stored.id, undefined)
        say(words.deleted)
        go(hrefOf('templates'))
      }}
      close={close}
    >
      <p>{words.deleteText}</p>
    </Confirm>
  )
}
