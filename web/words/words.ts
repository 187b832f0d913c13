import type { Language } from '../../src/index.ts'

/** The same words in each language: leaving one out does not compile. */
export type Words<T> = Readonly<Record<Language, T>>
