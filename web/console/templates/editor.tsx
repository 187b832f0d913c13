/** A template while it is written: its form, the linter beside it, and what can be done with it. */
import { useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { say } from '../../ui/toast.tsx'
import { Heading } from '../heading.tsx'
import { useAct } from '../load.ts'
import { go, hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { EditorActions } from './actions.tsx'
import { textAt } from './draft.ts'
import type { Draft } from './draft.ts'
import { EditingProvider } from './editing.tsx'
import type { Editing } from './editing.tsx'
import { EDITOR } from './editor.words.ts'
import { Form } from './form/form.tsx'
import { judge } from './judge.ts'
import { keepDraft } from './kept-draft.ts'
import { leadTo } from './lead-to.ts'
import { Linter } from './linter.tsx'
import { Preview } from './preview.tsx'
import { SectionNav } from './section-nav.tsx'
import { keepTemplate } from './templates-api.ts'
import type { StoredTemplate } from './templates-api.ts'

type EditorProps = {
  /** Under which it is kept in this browser: its id, or `new`. */
  readonly name: string
  /** As it was before anything was changed. */
  readonly before: Draft
  readonly kept: Draft | undefined
  /** As the server has it. */
  readonly stored: StoredTemplate | undefined
}

export function Editor({ name, before, kept, stored }: EditorProps) {
  const words = useWords(EDITOR)
  const { may } = useSession()
  const { editing, isChanged, discard, tryIt } = useDraft(name, before, kept)
  const [isPreviewed, setPreviewed] = useState(false)
  const saving = useSaving(name, editing, stored)
  const isOld = stored !== undefined && (stored.isSuperseded || stored.archivedAt !== null)
  const isReadOnly = isOld || !may('templates:write')
  const save = (): void => {
    const [first] = editing.judgement.faults
    tryIt()
    if (first === undefined) void saving.act()
    else leadSoon(first.at)
  }
  return (
    <EditingProvider value={editing}>
      <Heading
        isSticky
        title={textAt(editing.draft, '/achievement/name') || words.newTitle}
        back={{ href: hrefOf('templates'), label: words.back }}
        actions={
          <EditorActions
            editing={editing}
            stored={stored}
            preview={() => {
              setPreviewed(true)
            }}
            save={isReadOnly ? undefined : save}
            isSaving={saving.isBusy}
          />
        }
      />
      {isReadOnly && stored !== undefined && <OldNote stored={stored} />}
      {saving.problem && <SaveProblem problem={saving.problem} />}
      <SectionNav />
      <div class="desk-editor">
        <fieldset class="desk-form" disabled={isReadOnly}>
          <Form />
          {!isReadOnly && (
            <div class="desk-actions desk-form-end">
              <button type="button" class="button primary" disabled={saving.isBusy} onClick={save}>
                {words.save}
              </button>
            </div>
          )}
        </fieldset>
        <aside>
          <Linter />
          {!isReadOnly && <Kept isChanged={isChanged} discard={discard} />}
        </aside>
      </div>
      {isPreviewed && (
        <Preview
          template={editing.judgement.template}
          close={() => {
            setPreviewed(false)
          }}
        />
      )}
    </EditingProvider>
  )
}

/** What is missing is drawn first. */
function leadSoon(at: string): void {
  requestAnimationFrame(() => {
    leadTo(at)
  })
}

function useDraft(
  name: string,
  before: Draft,
  kept: Draft | undefined,
): {
  readonly editing: Editing
  readonly isChanged: boolean
  readonly discard: () => void
  readonly tryIt: () => void
} {
  const { session } = useSession()
  const [draft, setDraft] = useState(kept ?? before)
  const [isTried, setTried] = useState(false)
  const isChanged = draft !== before
  // At once, and not when the browser has drawn: a reload may come before that.
  useLayoutEffect(() => {
    if (isChanged) keepDraft(session.issuer.account, name, draft)
  }, [draft])
  const judgement = useMemo(() => judge(draft), [draft])
  const change = (how: (draft: Draft) => Draft): void => {
    setDraft(how)
  }
  return {
    editing: { draft, judgement, isTried, change },
    isChanged,
    discard: () => {
      keepDraft(session.issuer.account, name, undefined)
      setDraft(before)
      setTried(false)
    },
    tryIt: () => {
      setTried(true)
    },
  }
}

function useSaving(name: string, editing: Editing, stored: StoredTemplate | undefined) {
  const words = useWords(EDITOR)
  const { session, api } = useSession()
  return useAct(async (key) => {
    await keepTemplate(api, editing.judgement.file, stored?.id, key)
    keepDraft(session.issuer.account, name, undefined)
    say(stored === undefined ? words.saved : words.savedVersion)
    go(hrefOf('templates'))
  })
}

function SaveProblem({
  problem,
}: {
  readonly problem: Parameters<typeof ProblemNote>[0]['problem']
}) {
  const words = useWords(EDITOR)
  if (problem.issuing !== 'template-superseded') return <ProblemNote problem={problem} />
  return (
    <ProblemNote problem={problem}>
      <p>{words.newer}</p>
      <a href={hrefOf('templates')}>{words.openNewest}</a>
    </ProblemNote>
  )
}

function OldNote({ stored }: { readonly stored: StoredTemplate }) {
  const words = useWords(EDITOR)
  const why =
    stored.archivedAt !== null ? words.archived : stored.isSuperseded ? words.superseded : ''
  return (
    <p class="desk-note">
      <StatusBadge tone="quiet">{words.version(stored.version)}</StatusBadge> {why} {words.readOnly}
    </p>
  )
}

function Kept({
  isChanged,
  discard,
}: {
  readonly isChanged: boolean
  readonly discard: () => void
}) {
  const words = useWords(EDITOR)
  return (
    <div class="desk-kept">
      <p class="quiet">{words.draftKept}</p>
      {isChanged && (
        <button type="button" class="button plain" onClick={discard}>
          {words.discard}
        </button>
      )}
    </div>
  )
}
