const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user has no access',
  EPERM: 'this user has no access',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'a file is where a folder has to be',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
}

/** Why a file cannot be read or written, with the system's code; its words would say the path once more. */
export function fileFaultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return Object.hasOwn(reasons, code) ? `${reasons[code]} (${code})` : error.message
}
