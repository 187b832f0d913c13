/** For who opened an address that leads nowhere: what may have happened, and the ways on. */
import { useEffect } from 'preact/hooks'
import { useWords } from '../words/language.tsx'
import { NOWHERE } from './page.words.ts'
import './page.css'

export function NowherePage() {
  const words = useWords(NOWHERE)
  useEffect(() => {
    document.title = words.pageTitle
  }, [words])
  useEffect(() => {
    // The secret of a link whose address is damaged does not stay in sight either.
    const { hash, pathname } = window.location
    if (hash !== '') window.history.replaceState(null, '', pathname)
  }, [])
  return (
    <div class="nowhere">
      <h1>{words.title}</h1>
      <p>{words.cut}</p>
      <p>{words.private}</p>
      <div class="row nowhere-ways">
        <a class="button primary" href="/">
          {words.home}
        </a>
        <a class="button" href="/verify">
          {words.verify}
        </a>
      </div>
    </div>
  )
}
