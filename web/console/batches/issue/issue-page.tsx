/** Issuing: template, file, check, issue, on one page that loses nothing of what was entered. */
import { useWords } from '../../../words/language.tsx'
import { Heading } from '../../heading.tsx'
import { useLoaded } from '../../load.ts'
import { hrefOf } from '../../place.ts'
import { ProblemNote } from '../../problem-note.tsx'
import { useSession } from '../../session.tsx'
import { Waiting } from '../../waiting.tsx'
import { TEMPLATES } from '../shapes.ts'
import type { TemplateSummary } from '../shapes.ts'
import './issue.css'
import { CheckStep } from './check-step.tsx'
import { isMapped } from './draft.ts'
import type { Draft } from './draft.ts'
import { FileStep } from './file-step.tsx'
import { ISSUE_PAGE } from './issue-page.words.ts'
import { IssueStep } from './issue-step.tsx'
import { clearDraft, useDraft } from './keep.ts'
import { Step } from './step.tsx'
import type { StepState } from './step.tsx'
import { TemplateStep } from './template-step.tsx'

const PATH = '/api/v1/templates?limit=200'

export function IssuePage() {
  const words = useWords(ISSUE_PAGE)
  const { session, api, may } = useSession()
  const state = useDraft(session.issuer.account)
  const { value, problem, again } = useLoaded((ended) => api.get(PATH, TEMPLATES, ended), [])
  const templates = value?.templates.filter(({ archivedAt }) => archivedAt === null)
  const { draft } = state
  const isBegun = draft.templateId !== undefined || draft.file !== undefined
  return (
    <>
      <Heading
        title={words.title}
        back={{ href: hrefOf('batches'), label: words.back }}
        actions={
          isBegun ? (
            <button type="button" class="button plain" onClick={clearDraft}>
              {words.startAgain}
            </button>
          ) : undefined
        }
      >
        {may('batches:write') ? words.intro : words.mayNot}
      </Heading>
      {problem && <ProblemNote problem={problem} again={again} />}
      {templates === undefined && problem === undefined && <Waiting />}
      {templates !== undefined && may('batches:write') && (
        <Steps state={state} templates={templates} />
      )}
    </>
  )
}

type StepsProps = {
  readonly state: ReturnType<typeof useDraft>
  readonly templates: readonly TemplateSummary[]
}

function Steps({ state, templates }: StepsProps) {
  const words = useWords(ISSUE_PAGE)
  const { draft } = state
  const template = templates.find(({ id }) => id === draft.templateId)
  const at = statesOf(draft)
  return (
    <ol class="issue-steps" role="list">
      <Step number={1} title={words.steps.template} state={at.template}>
        <TemplateStep draft={draft} templates={templates} />
      </Step>
      <Step number={2} title={words.steps.file} state={at.file} later={words.later.file}>
        <FileStep state={state} />
      </Step>
      <Step number={3} title={words.steps.check} state={at.check} later={words.later.check}>
        <CheckStep state={state} template={template} />
      </Step>
      <Step number={4} title={words.steps.issue} state={at.issue} later={words.later.issue}>
        {template && <IssueStep draft={draft} template={template} />}
      </Step>
    </ol>
  )
}

type StepName = 'template' | 'file' | 'check' | 'issue'

function statesOf(draft: Draft): Readonly<Record<StepName, StepState>> {
  const isReady = draft.run?.isAccepted === true && draft.corrections.size === 0
  const after = (isDone: boolean, mayBegin: boolean): StepState =>
    isDone ? 'done' : mayBegin ? 'now' : 'later'
  const hasTemplate = draft.templateId !== undefined
  return {
    template: after(hasTemplate, true),
    file: after(isMapped(draft), hasTemplate),
    check: after(isReady, isMapped(draft)),
    issue: after(false, isReady),
  }
}
