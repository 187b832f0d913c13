/** What the server says of every row, and the table in which they are corrected. */
import { useMemo } from 'preact/hooks'
import { useLanguage, useWords } from '../../../words/language.tsx'
import { printNumber } from '../../../words/print.ts'
import { CheckField } from '../../field.tsx'
import { ProblemNote } from '../../problem-note.tsx'
import { useApi } from '../../session.tsx'
import type { DryRun, TemplateSummary } from '../shapes.ts'
import { CHECK_STEP } from './check-step.words.ts'
import type { Draft } from './draft.ts'
import { FaultList } from './fault-list.tsx'
import { checkRows, setOption } from './keep.ts'
import type { DraftState } from './keep.ts'
import { Preview } from './preview.tsx'
import { RowsToCorrect } from './rows-to-correct.tsx'
import { Warnings } from './warnings.tsx'

type CheckStepProps = {
  readonly state: DraftState
  readonly template: TemplateSummary | undefined
}

export function CheckStep({ state, template }: CheckStepProps) {
  const words = useWords(CHECK_STEP)
  const language = useLanguage()
  const api = useApi()
  const { draft, doing, problem } = state
  const { run, file, corrections } = draft
  const isBusy = doing !== undefined
  const check = (): void => {
    void checkRows(api)
  }
  const rows = file?.opened.kind === 'csv' ? file.opened.count : undefined
  return (
    <div class="desk-stack">
      <p class="quiet issue-doing" role="status">
        {doing === 'checking' &&
          (rows === undefined ? words.checkingAny : words.checking(printNumber(rows, language)))}
      </p>
      {problem?.of === 'checking' && <ProblemNote problem={problem.what} again={check} />}
      {run !== undefined && <Findings draft={draft} run={run} template={template} />}
      {run === undefined || corrections.size > 0 || isOptionNew(draft, run) ? (
        <div class="issue-check-again">
          {corrections.size > 0 && (
            <p role="status">
              {words.corrected(corrections.size, printNumber(corrections.size, language))}
            </p>
          )}
          <button type="button" class="button primary" disabled={isBusy} onClick={check}>
            {run === undefined ? words.check : words.again}
          </button>
        </div>
      ) : null}
    </div>
  )
}

/** What was allowed since the rows were checked may change the answer. */
function isOptionNew({ options }: Draft, run: DryRun): boolean {
  if (run.isAccepted) return false
  return (
    (options.allowDuplicates && run.problems.some(isDuplicate)) ||
    (options.allowIncomplete && !run.lint.complete)
  )
}

function isDuplicate({ code }: { readonly code: string }): boolean {
  return code === 'duplicate-learner'
}

/** Counted once: a table is drawn anew with every letter that is typed into it. */
function sumOf({ problems }: DryRun): {
  readonly faulty: number
  readonly hasDuplicates: boolean
} {
  const faulty = new Set(problems.map(({ row }) => row)).size
  return { faulty, hasDuplicates: problems.some(isDuplicate) }
}

type FindingsProps = {
  readonly draft: Draft
  readonly run: DryRun
  readonly template: TemplateSummary | undefined
}

function Findings({ draft, run, template }: FindingsProps) {
  const words = useWords(CHECK_STEP)
  const language = useLanguage()
  const { file, options } = draft
  const opened = file?.opened
  const count = (value: number): string => printNumber(value, language)
  const { faulty, hasDuplicates } = useMemo(() => sumOf(run), [run])
  const isOfRows = run.problems.length > 0 && run.size > 0
  return (
    <>
      <div class="issue-verdict" role="status">
        {run.problems.length === 0 && <p>{words.good(run.size, count(run.size))}</p>}
        {isOfRows && <p class="bad">{words.bad(faulty, count(faulty), count(run.size))}</p>}
        {run.problems.length > 0 && !isOfRows && <p class="bad">{words.badFile}</p>}
        {run.more > 0 && <p class="quiet">{words.more(count(run.more))}</p>}
        {!run.isAccepted && run.problems.length === 0 && <p>{words.incomplete}</p>}
        {run.needsApproval && <p class="quiet">{words.approval}</p>}
        {run.sample !== null && template !== undefined && <Preview sample={run.sample} />}
      </div>
      {hasDuplicates && (
        <CheckField
          label={words.duplicates}
          hint={words.duplicatesHint}
          isChecked={options.allowDuplicates}
          take={(isOn) => {
            setOption('allowDuplicates', isOn)
          }}
        />
      )}
      {opened?.kind === 'csv' && draft.faults !== undefined ? (
        <RowsToCorrect
          opened={opened}
          run={run}
          faults={draft.faults}
          corrections={draft.corrections}
        />
      ) : (
        <>
          <Warnings warnings={run.warnings} />
          <FaultList run={run} />
        </>
      )}
    </>
  )
}
