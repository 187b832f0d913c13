/** What will be issued, in plain words, before it is. */
import { useState } from 'preact/hooks'
import { Told } from '../../../ui/text.tsx'
import { useLanguage, useWords } from '../../../words/language.tsx'
import { printNumber } from '../../../words/print.ts'
import { CheckField } from '../../field.tsx'
import { useAct } from '../../load.ts'
import { go, hrefOf } from '../../place.ts'
import { ProblemNote } from '../../problem-note.tsx'
import { useSession } from '../../session.tsx'
import type { TemplateSummary } from '../shapes.ts'
import type { Draft } from './draft.ts'
import { ISSUE_STEP } from './issue-step.words.ts'
import { issueDraft, setOption } from './keep.ts'
import { useNetwork } from '../../use-network.ts'
import type { Network } from '../../use-network.ts'

type IssueStepProps = { readonly draft: Draft; readonly template: TemplateSummary }

export function IssueStep({ draft, template }: IssueStepProps) {
  const words = useWords(ISSUE_STEP)
  const language = useLanguage()
  const { api } = useSession()
  const [isUnderstood, setUnderstood] = useState(false)
  const { isBusy, problem, act } = useAct(async (key) => {
    const id = await issueDraft(api, key)
    go(hrefOf('batches', [id]))
  })
  const count = draft.run?.size ?? 0
  const needsApproval = draft.run?.needsApproval === true
  const verb = needsApproval ? words.ask : words.issue
  const isReady = !draft.options.permanent || isUnderstood
  return (
    <div class="desk-stack">
      <Choices draft={draft} />
      <Summary draft={draft} template={template} />
      {draft.options.permanent && (
        <CheckField label={words.understood} isChecked={isUnderstood} take={setUnderstood} />
      )}
      {needsApproval && <p class="issue-final-word">{words.askWord}</p>}
      <p class="issue-final-word">{words.finalWord}</p>
      {problem && <ProblemNote problem={problem} />}
      <div class="desk-actions">
        <button
          type="button"
          class="button primary issue-button"
          disabled={isBusy || !isReady}
          onClick={() => void act()}
        >
          {isBusy ? words.sending : verb(count, printNumber(count, language))}
        </button>
      </div>
    </div>
  )
}

function Choices({ draft: { options } }: { readonly draft: Draft }) {
  const words = useWords(ISSUE_STEP)
  return (
    <fieldset class="issue-choices">
      <legend>{words.options}</legend>
      <CheckField
        label={words.send}
        hint={words.sendHint}
        isChecked={options.send}
        isDisabled={options.permanent}
        take={(isOn) => {
          setOption('send', isOn)
        }}
      />
      <CheckField
        label={words.makePermanent}
        hint={words.permanentHint}
        isChecked={options.permanent}
        take={(isOn) => {
          setOption('permanent', isOn)
          // Permanent links are handed out as a file.
          if (isOn) setOption('send', false)
        }}
      />
    </fieldset>
  )
}

function Summary({ draft, template }: IssueStepProps) {
  const words = useWords(ISSUE_STEP)
  const language = useLanguage()
  const network = useNetwork()
  const { options, run } = draft
  const count = run?.size ?? 0
  const facts: readonly (readonly [string, string])[] = [
    [words.facts.certificates, words.certificates(count, printNumber(count, language))],
    [words.facts.template, template.name],
    [words.facts.network, sayNetwork(network, words)],
    [words.facts.links, options.permanent ? words.permanent : words.erasable],
    [words.facts.letters, options.send ? words.letters : words.noLetters],
  ]
  return (
    <dl class="batch-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Told>{value}</Told>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function sayNetwork({ kind, name }: Network, words: (typeof ISSUE_STEP)['en']): string {
  const kinds = { main: words.official, test: words.test, local: words.local }
  const told = kind === undefined ? words.unknownNetwork : kinds[kind]
  return name === undefined || kind === 'local' ? told : `${name}. ${told}`
}
