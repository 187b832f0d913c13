/** The verifier: the same on the page that a site serves and in the file that a reader keeps. */
import type { ComponentChildren, ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ReadPolicy } from '../engine/judge.ts'
import { useWords } from '../words/language.tsx'
import { useChoice } from './choice.ts'
import { useDesk } from './desk.ts'
import type { Looks } from './desk.ts'
import { Intake } from './intake.tsx'
import type { CameraProps } from './intake.tsx'
import { PAGE } from './page.words.ts'
import { Results } from './results.tsx'
import { Settings } from './settings.tsx'
import './verifier.css'

/** What only a page that is served has. */
export type Place = {
  readonly policy: () => Promise<ReadPolicy>
  /** How certificates look of the issuers whom this site's own policy names. */
  readonly looks: Looks
  readonly camera: () => Promise<ComponentType<CameraProps>>
}

type VerifierProps = { readonly place?: Place; readonly children?: ComponentChildren }

export function Verifier({ place, children }: VerifierProps) {
  const words = useWords(PAGE)
  const choosing = useChoice(place)
  const desk = useDesk(choosing.by)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    document.title = words.document
  }, [words])
  return (
    <div class="verifier">
      <header class="page-head">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
      </header>
      <Intake isSmall={desk.items.length > 0} put={desk.put} camera={place?.camera} />
      <Settings choosing={choosing} isOpen={isOpen} setOpen={setOpen} />
      <Results
        desk={desk}
        choosing={choosing}
        chooseProviders={() => {
          setOpen(true)
          document.querySelector('.settings')?.scrollIntoView({ block: 'start' })
        }}
      />
      {children}
    </div>
  )
}
