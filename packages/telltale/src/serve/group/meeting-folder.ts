import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a socket's path may have, the zero at its end not counted; macOS allows less than Linux. */
const LONGEST_PATH = 103
/** The longest name of a file in the folder. */
const LONGEST_NAME = 48

/** Where the members of a group may meet, in the order in which they look: the same for all processes of a user. */
export function meetingFolders(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const bases = [tmpdir(), env.XDG_RUNTIME_DIR, process.platform === 'linux' ? '/dev/shm' : undefined]
  const given = bases.filter((base) => base !== undefined && base !== '')
  return [...new Set(given)].map((base) => join(base!, `telltale-${process.getuid?.() ?? 0}`))
}

/** Makes the folder where it is not there; says why it cannot be used, or nothing when it can. */
export function prepareFolder(folder: string): string | undefined {
  if (folder.length + 1 + LONGEST_NAME > LONGEST_PATH) return `${folder}: the path is too long for a socket`
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') return `${folder}: ${code ?? String(error)}`
  }
  return faultOf(folder)
}

/** Why a folder that is there cannot be trusted: others could have made it, or could put something into it. */
export function faultOf(folder: string): string | undefined {
  try {
    const stat = lstatSync(folder)
    if (!stat.isDirectory()) return `${folder}: it is no folder`
    if (stat.uid !== process.getuid?.()) return `${folder}: it belongs to another user`
    if ((stat.mode & 0o077) !== 0) chmodSync(folder, 0o700)
    return undefined
  } catch (error) {
    return `${folder}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`
  }
}

/** Removes a file that is there no longer for anybody. What cannot be removed stays, and whoever leads does not fail at it. */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // It is a folder, or of somebody else.
  }
}

/** By which a file is told from one that somebody has put in its place; nothing where there is none. */
export function inodeOf(path: string): number | undefined {
  try {
    return lstatSync(path).ino
  } catch {
    return undefined
  }
}
