/** What a camera sees, until a QR code was read in it. Fetched only when it is asked for. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { frameLoop, QRCamera, QRCanvas } from 'qr/dom.js'
import { Dialog } from '../ui/dialog.tsx'
import { useWords } from '../words/language.tsx'
import { CAMERA } from './camera.words.ts'
import type { CameraProps } from './intake.tsx'

type State = 'asking' | 'seeing' | 'refused' | 'none'

export function Camera({ onRead, onClose }: CameraProps) {
  const words = useWords(CAMERA)
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<State>('asking')
  useEffect(() => {
    const { current } = video
    return current === null ? undefined : watch(current, setState, onRead)
  }, [])
  const isBad = state === 'refused' || state === 'none'
  return (
    <Dialog isOpen title={words.title} onClose={onClose}>
      <p role="status">{words[state === 'seeing' ? 'aim' : state]}</p>
      <video ref={video} class="camera" hidden={isBad} muted playsInline aria-hidden="true" />
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
    const isRefused = error instanceof DOMException && error.name === 'NotAllowedError'
    setState(isRefused ? 'refused' : 'none')
  })
  return finish
}
