/** Corrects a certificate: its row is edited beside what stands in it now, reviewed, and replaces it in one act. */
import { useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { Empty } from '../empty.tsx'
import { SelectField } from '../field.tsx'
import { Heading } from '../heading.tsx'
import { hrefOf } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { Waiting } from '../waiting.tsx'
import { CorrectForm } from './correct-form.tsx'
import { CORRECT } from './correct.words.ts'
import { useBatchOf, useView } from './details.tsx'
import { LearnerLine } from './learner-line.tsx'
import { knownRow, likelyTemplate, useContents, useTemplate, useTemplates } from './old-contents.ts'
import type { TemplateSummary } from './old-contents.ts'

export function CorrectScreen({ cid }: { readonly cid: string }) {
  const words = useWords(CORRECT)
  const { may } = useSession()
  const view = useView(cid)
  const batch = useBatchOf(view.value?.batchId)
  const contents = useContents(cid)
  const templates = useTemplates()
  const [picked, setPicked] = useState<string>()
  const kept = templates.value
  const old = contents.isLoading || batch.isLoading ? undefined : view.value
  const own = old && likelyTemplate(kept ?? [], batch.value, contents.value)
  const id = picked ?? own?.id
  const template = useTemplate(id)
  const problem = view.problem ?? contents.problem ?? templates.problem ?? template.problem
  const back = { href: hrefOf('certificates', [cid]), label: words.back }
  const again = (): void => {
    for (const one of [view, contents, templates, template]) one.again()
  }
  return (
    <>
      <Heading title={words.title} back={back}>
        {words.about}
      </Heading>
      {problem && <ProblemNote problem={problem} again={again} />}
      {!problem && (kept === undefined || old === undefined) && <Waiting />}
      {kept !== undefined && old !== undefined && (
        <div class="desk-stack people-correct">
          <LearnerLine learner={old.learner} />
          <PickTemplate templates={kept} id={id} pick={setPicked} />
          {!may('links:read') && <p class="quiet">{words.notShown}</p>}
          {id !== undefined && template.value !== undefined && !template.isLoading && (
            <CorrectForm
              key={id}
              cid={cid}
              templateId={id}
              template={template.value}
              old={knownRow(template.value, contents.value, old)}
              isOwn={id === batch.value?.templateId}
            />
          )}
        </div>
      )}
    </>
  )
}

type PickTemplateProps = {
  readonly templates: readonly TemplateSummary[]
  readonly id: string | undefined
  readonly pick: (id: string) => void
}

function PickTemplate({ templates, id, pick }: PickTemplateProps) {
  const words = useWords(CORRECT)
  if (templates.length === 0) {
    return (
      <Empty
        title={words.noTemplateTitle}
        action={
          <a class="button primary" href={hrefOf('templates')}>
            {words.toTemplates}
          </a>
        }
      >
        {words.noTemplate}
      </Empty>
    )
  }
  const choices = templates.map(({ id: value, name, version }) => ({
    value,
    label: `${name} (${version})`,
  }))
  const none = id === undefined ? [{ value: '', label: words.chooseTemplate }] : []
  return (
    <SelectField
      label={words.template}
      hint={words.templateHint}
      value={id ?? ''}
      choices={[...none, ...choices]}
      take={pick}
    />
  )
}
