import { Icon } from '../../ui/icons.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber, printTime } from '../../words/print.ts'
import type { Batch } from './shapes.ts'
import { TROUBLE_WORDS } from './states.words.ts'
import { stagesOf } from './timeline.ts'
import type { Stage } from './timeline.ts'
import { TIMELINE } from './timeline.words.ts'

/** Stage by stage, as the server tells of it; what changes is read out. */
export function Timeline({ batch }: { readonly batch: Batch }) {
  const words = useWords(TIMELINE)
  return (
    <section class="card batch-card" aria-label={words.title}>
      <h2>{words.title}</h2>
      <Trouble batch={batch} />
      <ol class="timeline" role="list" aria-live="polite">
        {stagesOf(batch).map((stage) => (
          <StageLine key={stage.name} stage={stage} />
        ))}
      </ol>
    </section>
  )
}

function StageLine({ stage }: { readonly stage: Stage }) {
  const words = useWords(TIMELINE)
  const language = useLanguage()
  const { name, state, at, progress } = stage
  const told = state === 'stopped' ? words.rejected : words.stages[name]
  return (
    <li class={`timeline-stage ${state}`} aria-current={state === 'now' ? 'step' : undefined}>
      <span class="timeline-mark" aria-hidden="true">
        {state === 'done' && <Icon name="check" size={16} />}
        {state === 'stopped' && <Icon name="cross" size={16} />}
      </span>
      <div>
        <p class="timeline-name">
          <strong>{told.name}</strong>
          <span class="visually-hidden">({words.states[state]})</span>
          {at !== undefined && <time dateTime={at}>{printTime(at, language)}</time>}
        </p>
        <p class="quiet">{told.what}</p>
        {progress !== undefined && (
          <p class="timeline-progress">
            <progress value={progress.done} max={progress.total} aria-label={told.name} />
            <span>
              {words.of(
                printNumber(progress.done, language),
                printNumber(progress.total, language),
              )}
            </span>
          </p>
        )}
      </div>
    </li>
  )
}

function Trouble({ batch: { trouble } }: { readonly batch: Batch }) {
  const words = useWords(TROUBLE_WORDS)
  const language = useLanguage()
  if (trouble === null) return null
  return (
    <div class="batch-notice stacked trouble" role="alert">
      <p>
        <strong>{words.codes[trouble.code] ?? words.other}</strong>
      </p>
      <p class="quiet">{words.since(printTime(trouble.since, language))}</p>
    </div>
  )
}
