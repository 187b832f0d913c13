/** A picture, as a file that is read here and carried as a data URL. */
import { useRef, useState } from 'preact/hooks'
import { dataUrlOf } from '../engine/data-url.ts'
import { useWords } from '../words/language.tsx'
import { PICTURE } from './picture-field.words.ts'

const TYPES: readonly string[] = ['image/png', 'image/svg+xml']

type PictureFieldProps = {
  readonly label: string
  /** A data URL; null: none. */
  readonly value: string | null
  readonly take: (value: string | null) => void
  /** The largest file, in KiB. */
  readonly maxKiB: number
  /** For who is led to the field. */
  readonly anchor?: string
}

export function PictureField({ label, value, take, maxKiB, anchor }: PictureFieldProps) {
  const words = useWords(PICTURE)
  const input = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<string>()
  const read = async (file: File): Promise<void> => {
    if (!TYPES.includes(file.type)) setError(words.wrongType)
    else if (file.size > maxKiB * 1024) setError(words.tooLarge(maxKiB))
    else {
      setError(undefined)
      take(dataUrlOf(new Uint8Array(await file.arrayBuffer()), file.type))
    }
  }
  return (
    <div class="desk-logo-field">
      <p class="desk-field-name">{label}</p>
      <p class="desk-hint">{words.hint(maxKiB)}</p>
      <div class="desk-actions">
        {value !== null && <img class="desk-logo" src={value} alt={words.alt(label)} />}
        <button
          type="button"
          class="button"
          data-anchor={anchor}
          onClick={() => input.current?.click()}
        >
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
            {words.none}
          </button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={TYPES.join(',')}
        aria-label={label}
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
