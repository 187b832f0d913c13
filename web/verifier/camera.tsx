/** What a camera sees, until a QR code was read in it. Fetched only when it is asked for. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { frameLoop, QRCamera, QRCanvas } from 'qr/dom.js'
import { Dialog } from '../ui/dialog.tsx'
import { useWords } from '../words/language.tsx'
import { CAMERA } from './camera.words.ts'
import type { CameraProps } from './intake.tsx'

type State = 'asking' | 'seeing' | WhyNot
type WhyNot = 'refused' | 'none' | 'busy'

export function Camera({ onRead, onClose }: CameraProps) {
  const words = useWords(CAMERA)
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<State>('asking')
  useEffect(() => {
    const { current } = video
    return current === null ? undefined : watch(current, setState, onRead)
  }, [])
  const isOn = state === 'asking' || state === 'seeing'
  return (
    <Dialog isOpen title={words.title} onClose={onClose}>
      <div class="camera">
        <p role="status">{words[state === 'seeing' ? 'aim' : state]}</p>
        <video ref={video} hidden={!isOn} muted playsInline aria-hidden="true" />
      </div>
    </Dialog>
  )
}

/** Ends when it is told to, or once a text was read. */
function watch(
  video: HTMLVideoElement,
  setState: (state: State) => void,
  onRead: (text: string) => void,
): () => void {
  let end: (() => void) | undefined
  let isEnded = false
  const begin = async (): Promise<void> => {
    const wanted = { video: { facingMode: 'environment' }, audio: false }
    const stream = await navigator.mediaDevices.getUserMedia(wanted)
    const camera = new QRCamera(video, stream)
    const canvas = new QRCanvas({}, { cropToSquare: false })
    const stop = frameLoop(() => {
      // A frame that cannot be read is followed by another.
      camera.readFrame(canvas).then(take, () => undefined)
    }, video)
    end = () => {
      stop()
      camera.stop()
    }
    if (isEnded) end()
    else setState('seeing')
  }
  const finish = (): void => {
    isEnded = true
    end?.()
  }
  const take = (text: unknown): void => {
    if (typeof text !== 'string' || isEnded) return
    finish()
    onRead(text)
  }
  begin().catch((error: unknown) => {
    setState(whyNot(error))
  })
  return finish
}

/** Where a page is not served safely, there is nothing to ask for a camera: the browser does not let it. */
function whyNot(error: unknown): WhyNot {
  if (!(error instanceof DOMException)) return 'refused'
  const isMissing = error.name === 'NotFoundError' || error.name === 'OverconstrainedError'
  const isBusy = error.name === 'NotReadableError' || error.name === 'AbortError'
  return isMissing ? 'none' : isBusy ? 'busy' : 'refused'
}
