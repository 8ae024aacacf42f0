import type { LeaderMessage } from '../group-message.js'
import type { Candidate } from './deputies.js'
import type { MemberLink } from './member-link.js'

/** The members that are connected to the leader. */
export class MemberLinks {
  readonly #links = new Map<string, MemberLink>()

  get all(): readonly MemberLink[] {
    return [...this.#links.values()]
  }

  get size(): number {
    return this.#links.size
  }

  has(process: string): boolean {
    return this.#links.has(process)
  }

  /** Whether it is still the connection of its process. */
  includes(link: MemberLink): boolean {
    return this.#links.get(link.process) === link
  }

  add(link: MemberLink): void {
    this.#links.set(link.process, link)
  }

  remove({ process }: MemberLink): void {
    this.#links.delete(process)
  }

  /** Those that can become deputies: they have said all that there is of them. */
  candidates(now: number): readonly Candidate[] {
    return this.all
      .filter(({ isKnown }) => isKnown)
      .map((link) => ({
        process: link.process,
        connection: link.connection,
        isSilent: link.isSilentAt(now),
      }))
  }

  tell(message: LeaderMessage): void {
    for (const { connection } of this.#links.values()) connection.send(message)
  }
}
