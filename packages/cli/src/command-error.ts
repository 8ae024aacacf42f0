/** Every error of the command and of the servers it starts, by its stable code. */
export const commandErrorCodes = {
  TELLTALE_USAGE: 'A command, an option or its value is not known.',
  TELLTALE_PORT_IN_USE: 'A port that cannot be exchanged for another is in use.',
  TELLTALE_SERVER_MISSING: 'A server is not on this machine and could not be fetched.',
  TELLTALE_SERVER_DIED: 'A child process ended before it was asked to.',
  TELLTALE_SERVER_NOT_READY: 'A child process did not become ready in time.',
  TELLTALE_DEPLOY: 'A configuration file is missing or cannot be used.',
  TELLTALE_ENDPOINT: 'Metrics cannot be read from an address or a file.',
  TELLTALE_UNREACHABLE: 'An address does not answer, or not in time.',
  TELLTALE_PROMETHEUS: 'A Prometheus cannot be asked.',
  TELLTALE_TIMEOUT: 'Something that was waited for did not happen in time.',
} as const

/** A stable code of a {@link CommandError}; see {@link commandErrorCodes}. */
export type CommandErrorCode = keyof typeof commandErrorCodes

/** What the command tells its user in one message: what happened, what was expected and the remedy. */
export class CommandError extends Error {
  readonly code: CommandErrorCode

  constructor(code: CommandErrorCode, message: string) {
    super(message)
    this.name = 'CommandError'
    this.code = code
  }
}
