/** Where a reader brings what they want checked: by dropping, choosing or pasting it, or by a camera. */
import type { ComponentType } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../words/language.tsx'
import { INTAKE } from './intake.words.ts'
import { readFile, readText } from './reading.ts'
import type { Found } from './reading.ts'

/** Shows what a camera sees until a text was read in it, or its reader closes it. */
export type CameraProps = {
  readonly onRead: (text: string) => void
  readonly onClose: () => void
}

type IntakeProps = {
  /** Once something was brought, what became of it has the room. */
  readonly isSmall: boolean
  readonly put: (label: string, found: readonly Found[]) => void
  /** Fetched when it is asked for; undefined where there is no place to fetch it from. */
  readonly camera: (() => Promise<ComponentType<CameraProps>>) | undefined
}

const ACCEPTED = '.json,.png,.svg,.pdf,.txt,application/json,application/pdf,image/*'
/** At a time: each is read whole. */
const MAX_FILES = 100

export function Intake({ isSmall, put, camera }: IntakeProps) {
  const words = useWords(INTAKE)
  const takeFiles = async (files: readonly File[]): Promise<void> => {
    for (const file of files.slice(0, MAX_FILES)) put(file.name, await readFile(file))
  }
  const takeText = async (text: string): Promise<void> => {
    put('', await readText(text))
  }
  const isOver = useFilesOverPage(takeFiles)
  return (
    <section class={`card intake ${isSmall ? 'is-small' : ''}`} aria-labelledby="intake-title">
      <div class={isOver ? 'drop-place is-over' : 'drop-place'}>
        <Icon name="file" size={isSmall ? 24 : 40} />
        <h2 id="intake-title">{isOver ? words.dropNow : words.drop}</h2>
        {isSmall ? null : <p class="quiet">{words.kinds}</p>}
        <div class="row intake-ways">
          <FileChooser take={takeFiles} />
          {camera === undefined ? null : <CameraWay camera={camera} take={takeText} />}
        </div>
      </div>
      <Paste take={takeText} />
    </section>
  )
}

type TakeFiles = (files: readonly File[]) => Promise<void>

function FileChooser({ take }: { readonly take: TakeFiles }) {
  const words = useWords(INTAKE)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        multiple
        accept={ACCEPTED}
        tabIndex={-1}
        aria-label={words.choose}
        onChange={async ({ currentTarget }) => {
          const files = Array.from(currentTarget.files ?? [])
          // The same file can be chosen again.
          currentTarget.value = ''
          await take(files)
        }}
      />
      <button type="button" class="button primary" onClick={() => input.current?.click()}>
        {words.choose}
      </button>
    </>
  )
}

type TakeText = (text: string) => Promise<void>

function CameraWay({
  camera,
  take,
}: {
  readonly camera: NonNullable<IntakeProps['camera']>
  readonly take: TakeText
}) {
  const words = useWords(INTAKE)
  const [Camera, setCamera] = useState<ComponentType<CameraProps>>()
  const close = (): void => {
    setCamera(undefined)
  }
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={async () => {
          const loaded = await camera()
          setCamera(() => loaded)
        }}
      >
        {words.camera}
      </button>
      {Camera === undefined ? null : (
        <Camera
          onClose={close}
          onRead={(text) => {
            close()
            void take(text)
          }}
        />
      )}
    </>
  )
}

function Paste({ take }: { readonly take: TakeText }) {
  const words = useWords(INTAKE)
  const id = useId()
  const [text, setText] = useState('')
  return (
    <form
      class="paste"
      onSubmit={async (event) => {
        event.preventDefault()
        if (text.trim() === '') return
        // A link is a secret: it does not stay in sight.
        setText('')
        await take(text)
      }}
    >
      <div class="field">
        <label for={id}>{words.paste}</label>
        <textarea
          id={id}
          rows={1}
          autocomplete="off"
          spellcheck={false}
          placeholder={words.pasteHint}
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value)
          }}
        />
      </div>
      <button type="submit" class="button">
        {words.check}
      </button>
    </form>
  )
}

/** Files dropped anywhere on the page, or pasted into it; whether some hover over it now. */
function useFilesOverPage(take: TakeFiles): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      event.preventDefault()
      setOver(false)
      void take(Array.from(event.dataTransfer?.files ?? []))
    }
    const paste = (event: ClipboardEvent): void => {
      const files = Array.from(event.clipboardData?.files ?? [])
      if (files.length === 0) return
      event.preventDefault()
      void take(files)
    }
    document.addEventListener('dragover', over)
    document.addEventListener('dragleave', leave)
    document.addEventListener('drop', drop)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('dragover', over)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('drop', drop)
      document.removeEventListener('paste', paste)
    }
  }, [])
  return isOver
}
