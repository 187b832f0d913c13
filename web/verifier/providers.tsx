/** Who is asked about a chain: the policy's own, or others that the reader names. */
import { useId, useState } from 'preact/hooks'
import { FormatError, presetOfChain } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { say } from '../ui/toast.tsx'
import { useWords } from '../words/language.tsx'
import type { Choosing } from './choice.ts'
import { chainsOf, withProviders } from './policies.ts'
import type { ProviderEdits } from './policies.ts'
import { Problem } from './problem.tsx'
import { SETTINGS } from './settings.words.ts'

type Texts = Readonly<Record<string, string>>

export function Providers({ choosing }: { readonly choosing: Choosing }) {
  const words = useWords(SETTINGS)
  const { original, edits, edit, by } = choosing
  const [texts, setTexts] = useState(() => textsOf(by?.policy.policy))
  const [quorum, setQuorum] = useState(String(by?.policy.policy.quorum ?? 1))
  const [error, setError] = useState<FormatError>()
  if (original === undefined) return null
  const apply = (): void => {
    try {
      const wanted = editsOf(texts, quorum)
      withProviders(original, wanted)
      edit(wanted)
      setError(undefined)
      say(words.applied)
    } catch (problem) {
      if (!(problem instanceof FormatError)) throw problem
      setError(problem)
    }
  }
  const undo = (): void => {
    edit(undefined)
    setTexts(textsOf(original.policy))
    setQuorum(String(original.policy.quorum))
    setError(undefined)
  }
  return (
    <details class="fold" open={original.policy.providers.size === 0}>
      <summary>{words.providers}</summary>
      <p class="quiet small">{words.providersSay}</p>
      {chainsOf(original.policy).map((chain) => (
        <ChainField
          chain={chain}
          text={texts[chain] ?? ''}
          setText={(text) => {
            setTexts((all) => ({ ...all, [chain]: text }))
          }}
        />
      ))}
      <Quorum value={quorum} set={setQuorum} />
      <p class="problem" role="alert">
        {error === undefined ? null : <Problem error={error} />}
      </p>
      <div class="row">
        <button type="button" class="button" onClick={apply}>
          {words.apply}
        </button>
        {edits === undefined ? null : (
          <button type="button" class="button plain" onClick={undo}>
            {words.undo}
          </button>
        )}
      </div>
    </details>
  )
}

type ChainFieldProps = {
  readonly chain: string
  readonly text: string
  readonly setText: (text: string) => void
}

function ChainField({ chain, text, setText }: ChainFieldProps) {
  const words = useWords(SETTINGS)
  const id = useId()
  return (
    <div class="field">
      <label for={id}>
        {presetOfChain(chain)?.name ?? ''}{' '}
        <span class="quiet">
          {words.chain} {chain}
        </span>
      </label>
      <textarea
        id={id}
        class="mono"
        rows={Math.max(1, text.split('\n').length)}
        spellcheck={false}
        autocomplete="off"
        placeholder="https://"
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value)
        }}
      />
    </div>
  )
}

type QuorumProps = { readonly value: string; readonly set: (value: string) => void }

function Quorum({ value, set }: QuorumProps) {
  const words = useWords(SETTINGS)
  const id = useId()
  return (
    <div class="field quorum">
      <label for={id}>{words.quorum}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={32}
        value={value}
        onInput={({ currentTarget }) => {
          set(currentTarget.value)
        }}
      />
    </div>
  )
}

function textsOf(policy: Policy | undefined): Texts {
  return Object.fromEntries(
    [...(policy?.providers ?? [])].map(([id, urls]) => [id, urls.join('\n')]),
  )
}

/** Pages may ask over http on their own machine alone; what a browser would refuse is said before. */
const ASKABLE = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)([:/]|$))/

/** @throws FormatError where an address cannot be asked from a page */
function editsOf(texts: Texts, quorum: string): ProviderEdits {
  const entries = Object.entries(texts).map(([chain, text]) => {
    const urls = text.split(/\s+/).filter((url) => url !== '')
    for (const [at, url] of urls.entries()) {
      if (ASKABLE.test(url)) continue
      throw new FormatError('wrong-value', `/providers/${chain}/${at}`, 'cannot be asked by a page')
    }
    return [chain, urls] as const
  })
  return { providers: new Map(entries), quorum: Number(quorum) }
}
