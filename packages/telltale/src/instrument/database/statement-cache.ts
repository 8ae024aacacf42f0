import { describeStatement, type Statement, statementText } from './statement.js'

const entryLimit = 1000
/** Texts above this are described anew each time, so that the cache holds at most about 8 MB. */
const textLimit = 4096

/** Remembers the descriptions of the last 1,000 different statement texts; the oldest is dropped. */
export class StatementCache {
  readonly #statements = new Map<string, Statement>()

  /** As `describeStatement`, for the cost of one look-up when the text is known. */
  describe(query: unknown): Statement {
    const text = statementText(query)
    if (text === undefined || text.length > textLimit) return describeStatement(text)
    const known = this.#statements.get(text)
    return known ?? this.#remember(text)
  }

  #remember(text: string): Statement {
    const statement = describeStatement(text)
    if (this.#statements.size >= entryLimit) {
      const [oldest] = this.#statements.keys()
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    this.#statements.set(text, statement)
    return statement
  }
}
