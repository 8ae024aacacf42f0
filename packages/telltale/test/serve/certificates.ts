import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Certificates for tests alone, valid for a hundred years: `server` and `renewed` for localhost, `scraper` for clients
 * (scraper.example), all signed by `authority`, whose key was thrown away; and `stranger`, which signed itself.
 */
export type CertificateName = 'authority' | 'server' | 'renewed' | 'scraper' | 'stranger'

/** The path of a certificate. */
export function certificateFile(name: CertificateName): string {
  return fileURLToPath(new URL(`certificates/${name}.pem`, import.meta.url))
}

/** The path of a certificate's key; the authority has none. */
export function keyFile(name: Exclude<CertificateName, 'authority'>): string {
  return fileURLToPath(new URL(`certificates/${name}.key`, import.meta.url))
}

/** What a client needs to trust the server, and to show a certificate of its own. */
export function clientOptions(name?: 'scraper' | 'stranger') {
  return {
    ca: readFileSync(certificateFile('authority')),
    ...(name && { cert: readFileSync(certificateFile(name)), key: readFileSync(keyFile(name)) }),
  }
}
