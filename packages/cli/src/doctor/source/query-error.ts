/** A server understood a query and refused to run it. */
export class QueryError extends Error {
  readonly reason: string

  constructor(query: string, reason: string) {
    super(`${query}: ${reason}`)
    this.name = 'QueryError'
    this.reason = reason
  }
}
