/** The configuration cannot be used; `member` is its JSON path or the variable's name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** `development`: it can be used, and not in production. */
  readonly code: 'missing' | 'exists' | 'invalid' | 'development'
  readonly member: string

  constructor(code: ConfigError['code'], member: string, message: string) {
    super(message)
    this.code = code
    this.member = member
  }
}
