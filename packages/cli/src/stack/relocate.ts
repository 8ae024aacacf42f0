import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Makes the commands in `root/usr/bin` look for their compiled-in folders below the working directory, which is
 * then `root`. Debian's Alertmanager reads its templates from an absolute path and has no option for another; a
 * path of the same length, made relative by a second slash, leaves every offset in the file as it was.
 */
export async function relocate(root: string, folders: readonly string[]): Promise<void> {
  const bin = join(root, 'usr/bin')
  for (const entry of await readdir(bin, { withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(bin, entry.name)
    const original = await readFile(path)
    const changed = Buffer.from(original)
    for (const folder of folders) replaceAll(changed, folder, relative(folder))
    if (!changed.equals(original)) await writeFile(path, changed)
  }
}

/** `/usr/share/x` as `usr//share/x`: relative, and as long. */
function relative(folder: string): string {
  return folder.slice(1).replace('/', '//')
}

function replaceAll(bytes: Buffer, from: string, to: string): void {
  let at = bytes.indexOf(from)
  while (at !== -1) {
    bytes.write(to, at)
    at = bytes.indexOf(from, at + to.length)
  }
}
