/** Which language a page speaks: the reader's choice, else the browser's, else English. */
import { createContext } from 'preact'
import type { ComponentChildren } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import { LANGUAGES } from '../../src/index.ts'
import type { Language } from '../../src/index.ts'
import type { Words } from './words.ts'

export type { Words }

type Speaking = { readonly language: Language; readonly speak: (language: Language) => void }

const STORED = 'inaltera-language'
const NAMES: Words<string> = { en: 'English', fr: 'Français' }
const Context = createContext<Speaking>({ language: 'en', speak: () => undefined })

export function Speaker({ children }: { readonly children: ComponentChildren }) {
  const [language, speak] = useState(languageOf)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const choose = (chosen: Language): void => {
    keep(chosen)
    speak(chosen)
  }
  return <Context.Provider value={{ language, speak: choose }}>{children}</Context.Provider>
}

export function useLanguage(): Language {
  return useContext(Context).language
}

/** The words of the language that is spoken. */
export function useWords<T>(words: Words<T>): T {
  return words[useLanguage()]
}

/** A button that names the other language in that language. */
export function LanguageSwitch() {
  const { language, speak } = useContext(Context)
  const other = language === 'en' ? 'fr' : 'en'
  return (
    <button
      type="button"
      class="button plain switch-language"
      lang={other}
      onClick={() => {
        speak(other)
      }}
    >
      {NAMES[other]}
    </button>
  )
}

function languageOf(): Language {
  const wanted = [kept(), ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase())
  const spoken: readonly string[] = LANGUAGES
  const found = wanted.find((tag) => tag !== undefined && spoken.includes(tag))
  return found === 'fr' ? 'fr' : 'en'
}

/** Storage may be refused (`file://`, private windows): then nothing is kept. */
function kept(): string | undefined {
  try {
    return localStorage.getItem(STORED) ?? undefined
  } catch {
    return undefined
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(STORED, language)
  } catch {
    return
  }
}
