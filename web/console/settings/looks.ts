/** How an organisation appears, as its form has it. */
export type Looks = {
  readonly name: string
  readonly url: string
  readonly accent: string
  /** A data URL. */
  readonly logo: string | null
}
