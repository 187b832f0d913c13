/** How an organisation appears, as its form has it. */
export type Looks = {
  readonly name: string
  readonly url: string
  readonly accent: string
  /** The number of its page on LinkedIn, or nothing. */
  readonly linkedIn: string
  /** A data URL. */
  readonly logo: string | null
}
