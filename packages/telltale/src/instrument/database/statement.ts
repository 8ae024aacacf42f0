import { SqlReader, type SqlToken } from './sql-reader.js'

/** What a statement does and to which table: two label values. */
export interface Statement {
  /** In upper case, one of a closed list; `OTHER` for the rest and `unknown` for what is no statement. */
  readonly operation: string
  /** In lower case, without schema; `none` without a table and `unknown` where it cannot be told. */
  readonly table: string
}

const unknownStatement: Statement = { operation: 'unknown', table: 'unknown' }

const operations: ReadonlyMap<string, string> = new Map([
  ...'SELECT INSERT UPDATE DELETE MERGE REPLACE VALUES CREATE ALTER DROP TRUNCATE BEGIN COMMIT ROLLBACK'
    .concat(' SAVEPOINT RELEASE COPY CALL DO EXPLAIN SET RESET SHOW DESCRIBE PRAGMA USE VACUUM ANALYZE')
    .concat(' REFRESH REINDEX LOCK GRANT REVOKE COMMENT PREPARE EXECUTE DEALLOCATE DECLARE FETCH CLOSE')
    .concat(' LISTEN NOTIFY UNLISTEN DISCARD')
    .split(' ')
    .map((name): [string, string] => [name, name]),
  ['START', 'BEGIN'],
  ['END', 'COMMIT'],
  ['ABORT', 'ROLLBACK'],
])

const mainVerbs = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE', 'VALUES', 'WITH'])
const from = new Set(['FROM'])
const into = new Set(['INTO'])
const as = new Set(['AS'])
const on = new Set(['ON'])
const modifiers = new Set(
  'OR REPLACE TEMP TEMPORARY UNLOGGED GLOBAL LOCAL MATERIALIZED UNIQUE FOREIGN VIRTUAL RECURSIVE'.split(' '),
)
const beforeTable = new Set('ONLY LATERAL TABLE IF NOT EXISTS IGNORE LOW_PRIORITY CONCURRENTLY'.split(' '))

/** Deeper subqueries than any person writes; the limit keeps hostile ones off the stack. */
const nestingLimit = 20
/** PostgreSQL's own limit for a name. */
const nameLimit = 63

/**
 * Tells the operation and the first table of what a driver takes as a query: SQL text, an object with
 * `text` or `sql`, a cursor or query stream, or the strings of a tagged template. Several statements in one
 * text count as the first. Names that differ only in case are one table, and a common table expression
 * stands for the table that it reads. No literal, parameter or comment gets into the result; never throws.
 */
export function describeStatement(query: unknown): Statement {
  const text = statementText(query)
  return text === undefined ? unknownStatement : new StatementParser(text).statement()
}

/** The SQL text of what a driver takes as a query, if it has one. */
export function statementText(query: unknown): string | undefined {
  if (typeof query === 'string') return query
  if (typeof query !== 'object' || query === null) return undefined
  try {
    if (Array.isArray(query)) return templateText(query)
    const { text, sql, cursor }: { text?: unknown; sql?: unknown; cursor?: { text?: unknown } } = query
    return [text, sql, cursor?.text].find((candidate) => typeof candidate === 'string')
  } catch {
    return undefined
  }
}

function templateText(strings: readonly unknown[]): string | undefined {
  if (strings.length === 0 || strings.length > 1000) return undefined
  return strings.every((part) => typeof part === 'string') ? strings.join(' ? ') : undefined
}

class StatementParser {
  readonly #reader: SqlReader
  readonly #commonTables = new Map<string, string>()
  #nesting = 0

  constructor(text: string) {
    this.#reader = new SqlReader(text)
  }

  statement(): Statement {
    const verb = upper(this.#first('('))
    if (verb === '') return unknownStatement
    if (verb === 'WITH') return this.#afterCommonTables()
    const operation = operations.get(verb) ?? 'OTHER'
    return { operation, table: this.#tableOf(verb) }
  }

  #tableOf(verb: string): string {
    switch (verb) {
      case 'SELECT':
      case 'DELETE':
        return this.#tableAfter(from)
      case 'INSERT':
      case 'REPLACE':
      case 'MERGE':
        return this.#tableAfter(into)
      case 'UPDATE':
      case 'TRUNCATE':
      case 'COPY':
      case 'LOCK':
        return this.#table()
      case 'CREATE':
      case 'ALTER':
      case 'DROP':
        return this.#definedTable(verb)
      case 'WITH':
        return this.#afterCommonTables().table
      case 'EXPLAIN':
        return this.#explained()
      default:
        return 'none'
    }
  }

  #explained(): string {
    const verb = this.#seek(mainVerbs)
    return verb === undefined ? this.#missing() : this.#nested(verb)
  }

  #definedTable(verb: string): string {
    let kind = upper(this.#reader.next())
    while (modifiers.has(kind)) kind = upper(this.#reader.next())
    if (kind === 'TABLE' || kind === 'VIEW') return this.#table()
    return kind === 'INDEX' && verb === 'CREATE' ? this.#tableAfter(on) : this.#missing()
  }

  /** Each `name AS (statement)` is remembered as the table that its statement reads. */
  #afterCommonTables(): Statement {
    for (;;) {
      let name = this.#reader.next()
      if (upper(name) === 'RECURSIVE') name = this.#reader.next()
      if (name === undefined || this.#seek(as) === undefined) return { operation: 'OTHER', table: 'unknown' }
      const depth = this.#reader.depth
      this.#commonTables.set(label(name.text), this.#commonTable())
      this.#leave(depth)
      const verb = this.#seek(mainVerbs, ',')
      if (verb === ',') continue
      if (verb === undefined) return { operation: 'OTHER', table: this.#missing() }
      return { operation: operations.get(verb) ?? 'OTHER', table: this.#nested(verb) }
    }
  }

  #commonTable(): string {
    let token = this.#reader.next()
    while (token !== undefined && !isSymbol(token, '(')) token = this.#reader.next()
    return this.#nested(upper(this.#first('(')))
  }

  #nested(verb: string): string {
    if (this.#nesting === nestingLimit) return 'unknown'
    this.#nesting += 1
    const table = this.#tableOf(verb)
    this.#nesting -= 1
    return table
  }

  #tableAfter(words: ReadonlySet<string>): string {
    return this.#seek(words) === undefined ? this.#missing() : this.#table()
  }

  #table(): string {
    let token = this.#first('(')
    while (beforeTable.has(upper(token))) token = this.#first('(')
    if (upper(token) === 'OR') token = this.#afterConflictRule()
    if (token === undefined) return this.#missing()
    if (mainVerbs.has(upper(token))) return this.#nested(upper(token))
    if (!isName(token)) return 'unknown'
    const table = label(this.#unqualified(token).text)
    return this.#commonTables.get(table) ?? table
  }

  /** SQLite's `UPDATE OR IGNORE users`. */
  #afterConflictRule(): SqlToken | undefined {
    this.#reader.next()
    return this.#reader.next()
  }

  #unqualified(first: SqlToken): SqlToken {
    let name = first
    while (this.#reader.skipDot()) {
      const part = this.#reader.next()
      if (isName(part)) name = part
    }
    return name
  }

  /** The first of the words (or the symbol) on the level of parentheses where the search begins. */
  #seek(words: ReadonlySet<string>, symbol = ''): string | undefined {
    const depth = this.#reader.depth
    let previous = ''
    for (let token = this.#reader.next(); token !== undefined; token = this.#reader.next()) {
      if (this.#reader.depth < depth || isSymbol(token, ';')) return undefined
      if (this.#reader.depth > depth) continue
      if (isSymbol(token, symbol)) return symbol
      const word = upper(token)
      // "a IS DISTINCT FROM b" has no table, and "t.from" is a column.
      if (words.has(word) && previous !== 'DISTINCT' && previous !== '.') return word
      previous = token.kind === 'word' ? word : token.text
    }
    return undefined
  }

  #leave(depth: number): void {
    while (this.#reader.depth > depth && this.#reader.next() !== undefined);
  }

  #first(skipped: string): SqlToken | undefined {
    let token = this.#reader.next()
    while (token !== undefined && isSymbol(token, skipped)) token = this.#reader.next()
    return token
  }

  #missing(): string {
    return this.#reader.readable ? 'none' : 'unknown'
  }
}

function isName(token: SqlToken | undefined): token is SqlToken {
  return token?.kind === 'word' || token?.kind === 'name'
}

function isSymbol(token: SqlToken, text: string): boolean {
  return token.kind === 'symbol' && token.text === text
}

function upper(token: SqlToken | undefined): string {
  return token?.kind === 'word' ? token.text.toUpperCase() : ''
}

function label(name: string): string {
  const plain = name
    .slice(0, nameLimit)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_$]/gu, '_')
  // Through bytes: a slice would keep the whole statement in memory for as long as the label lives.
  return /^[\p{L}_]/u.test(plain) ? Buffer.from(plain).toString() : 'unknown'
}
