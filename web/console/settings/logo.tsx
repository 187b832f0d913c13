/** The logo, as a file that is read here and sent with the profile. */
import { useRef, useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { PROFILE } from './profile.words.ts'

/** As much as the server takes. */
const MAX_BYTES = 100 * 1024
const TYPES: readonly string[] = ['image/png', 'image/svg+xml']

type LogoFieldProps = {
  /** A data URL; null: none. */
  readonly value: string | null
  readonly take: (value: string | null) => void
}

export function LogoField({ value, take }: LogoFieldProps) {
  const words = useWords(PROFILE)
  const input = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<string>()
  const read = async (file: File): Promise<void> => {
    if (!TYPES.includes(file.type)) setError(words.logoType)
    else if (file.size > MAX_BYTES) setError(words.logoSize)
    else {
      setError(undefined)
      take(await dataUrlOf(file))
    }
  }
  return (
    <div class="desk-logo-field">
      <p class="desk-field-name">{words.logo}</p>
      <p class="desk-hint">{words.logoHint}</p>
      <div class="desk-actions">
        {value !== null && <img class="desk-logo" src={value} alt={words.logoAlt} />}
        <button type="button" class="button" onClick={() => input.current?.click()}>
          {value === null ? words.choose : words.other}
        </button>
        {value !== null && (
          <button
            type="button"
            class="button plain"
            onClick={() => {
              take(null)
            }}
          >
            {words.noLogo}
          </button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={TYPES.join(',')}
        aria-label={words.logo}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.item(0)
          if (file) void read(file)
          currentTarget.value = ''
        }}
      />
      {error !== undefined && (
        <p class="desk-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

async function dataUrlOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return `data:${file.type};base64,${btoa(text)}`
}
