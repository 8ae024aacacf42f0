import type { TLSSocket } from 'node:tls'
import type { Rejection } from '../rejection.js'

/** How much is asked of a client's certificate. */
interface ClientPolicy {
  /** Whether clients are asked for a certificate at all. */
  readonly asks: boolean
  /** Whether one has to come. */
  readonly requires: boolean
  /** Whether one that comes has to be signed by the authority. */
  readonly verifies: boolean
}

export type { ClientPolicy }

/** The policies under the names that Go has for them. */
export const clientPolicies: Readonly<Record<string, ClientPolicy>> = {
  NoClientCert: { asks: false, requires: false, verifies: false },
  RequestClientCert: { asks: true, requires: false, verifies: false },
  RequireAnyClientCert: { asks: true, requires: true, verifies: false },
  RequireClientCert: { asks: true, requires: true, verifies: false },
  VerifyClientCertIfGiven: { asks: true, requires: false, verifies: true },
  RequireAndVerifyClientCert: { asks: true, requires: true, verifies: true },
}

/** The answer for a client whose certificate is missing, not verified, or for none of the names that are allowed. */
export function checkClient(
  socket: TLSSocket,
  { requires, verifies }: ClientPolicy,
  allowedNames: readonly string[],
): Rejection | undefined {
  if (!requires && !verifies) return undefined
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) {
    return requires
      ? refused('The metrics need a client certificate, and this connection has none.')
      : undefined
  }
  if (verifies && !socket.authorized)
    return refused('The client certificate is not one that is accepted here.')
  if (allowedNames.length === 0) return undefined
  const names = alternativeNames(certificate.subjectAltName)
  if (names.some((name) => allowedNames.includes(name))) return undefined
  return refused('The client certificate is for none of the names that are accepted here.')
}

function refused(error: string): Rejection {
  return { reason: 'client_certificate', status: 403, error }
}

/** The values of a list such as `DNS:a.example, IP Address:10.0.0.1`, in which odd values are quoted as in JSON. */
function alternativeNames(list = ''): readonly string[] {
  const entries = list.matchAll(/(?:^|, )(?:DNS|IP Address|URI|email):("(?:[^"\\]|\\.)*"|[^,]*)/g)
  return [...entries].map(([, value = '']) => (value.startsWith('"') ? String(JSON.parse(value)) : value))
}
