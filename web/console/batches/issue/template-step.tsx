import { useEffect } from 'preact/hooks'
import { useWords } from '../../../words/language.tsx'
import { CheckField, SelectField } from '../../field.tsx'
import { hrefOf } from '../../place.ts'
import { useApi } from '../../session.tsx'
import type { TemplateSummary } from '../shapes.ts'
import type { Draft } from './draft.ts'
import { chooseTemplate, setOption } from './keep.ts'
import { TEMPLATE_STEP } from './template-step.words.ts'

type TemplateStepProps = {
  readonly draft: Draft
  /** Those that may issue. */
  readonly templates: readonly TemplateSummary[]
}

/** Where there is one template, it is chosen already. */
export function TemplateStep({ draft, templates }: TemplateStepProps) {
  const words = useWords(TEMPLATE_STEP)
  const api = useApi()
  const { templateId } = draft
  const chosen = templates.find(({ id }) => id === templateId)
  const [first] = templates
  const only = templates.length === 1 ? first?.id : undefined
  useEffect(() => {
    if (templateId === undefined && only !== undefined) void chooseTemplate(api, only)
  }, [templateId, only])
  if (templates.length === 0) {
    return (
      <div class="desk-stack">
        <p>{words.none}</p>
        <p>
          <a class="button primary" href={hrefOf('templates')}>
            {words.make}
          </a>
        </p>
      </div>
    )
  }
  return (
    <div class="desk-stack">
      <SelectField
        label={words.label}
        value={chosen?.id ?? ''}
        choices={[
          ...(chosen === undefined ? [{ value: '', label: words.choose }] : []),
          ...templates.map(({ id, name, version }) => ({
            value: id,
            label: version === 1 ? name : `${name} (${words.version(version)})`,
          })),
        ]}
        take={(id) => {
          if (id !== '') void chooseTemplate(api, id)
        }}
      />
      {chosen?.isComplete === false && <Incomplete id={chosen.id} draft={draft} />}
    </div>
  )
}

function Incomplete({ id, draft }: { readonly id: string; readonly draft: Draft }) {
  const words = useWords(TEMPLATE_STEP)
  return (
    <div class="batch-notice stacked">
      <p>
        {words.incomplete} <a href={hrefOf('templates', [id])}>{words.look}</a>
      </p>
      <CheckField
        label={words.allow}
        isChecked={draft.options.allowIncomplete}
        take={(isOn) => {
          setOption('allowIncomplete', isOn)
        }}
      />
    </div>
  )
}
