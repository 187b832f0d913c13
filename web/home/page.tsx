/** What this is, in three sentences, and the two ways on: to verify, and to issue. */
import { useEffect } from 'preact/hooks'
import { Icon } from '../ui/icons.tsx'
import { SealShape } from '../ui/seal-shape.tsx'
import { useWords } from '../words/language.tsx'
import { HOME } from './page.words.ts'
import './page.css'

export function HomePage() {
  const words = useWords(HOME)
  useEffect(() => {
    document.title = words.pageTitle
  }, [words])
  return (
    <div class="home">
      <div class="home-words">
        <h1>{words.title}</h1>
        <p class="home-lead">{words.lead}</p>
        <p>{words.second}</p>
        <p>{words.third}</p>
        <div class="row home-ways">
          <a class="button primary" href="/verify">
            {words.verify}
            <Icon name="arrow" />
          </a>
          <a class="button" href="/console">
            {words.console}
          </a>
        </div>
        <p class="quiet home-learner">{words.learner}</p>
      </div>
      <Picture />
    </div>
  )
}

/** A sheet and its seal, as a reader meets them; its issuer is none. */
function Picture() {
  const words = useWords(HOME)
  return (
    <div class="home-picture" aria-hidden="true">
      <div class="home-sheet">
        <p class="home-issuer">{words.sampleIssuer}</p>
        <p class="home-title">{words.sampleTitle}</p>
        <p class="home-to">{words.sampleTo}</p>
        <p class="home-name">Ada Lovelace</p>
        <span class="home-line" />
        <span class="home-line" />
        <span class="home-line home-short" />
      </div>
      <div class="home-seal seal seal-valid">
        <SealShape state="valid" size={72} />
      </div>
    </div>
  )
}
