/** What a check came to, for an assertion or a matcher to act on. */
export interface Verdict {
  readonly pass: boolean
  /** Why it does not pass; or, when it does, what is there that should not have been. */
  message(): string
  readonly actual?: unknown
  readonly expected?: unknown
}
