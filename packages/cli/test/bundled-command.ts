import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The command as it is in the sources, as one program that a test can start as a process. */
export class BundledCommand {
  /** For what else the test makes. */
  readonly folder: string
  readonly program: string

  private constructor(folder: string) {
    this.folder = folder
    this.program = join(folder, 'telltale.mjs')
  }

  static async make(): Promise<BundledCommand> {
    const command = new BundledCommand(mkdtempSync(join(tmpdir(), 'telltale-command-')))
    await build({
      entryPoints: [join(root, 'packages/cli/src/command.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: command.program,
      alias: {
        'telltale/testing': join(root, 'packages/telltale/src/testing/index.ts'),
        'telltale/monitoring': join(root, 'packages/telltale/src/monitoring/index.ts'),
        'telltale/push': join(root, 'packages/telltale/src/push/index.ts'),
        telltale: join(root, 'packages/telltale/src/index.ts'),
      },
      banner: {
        js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire('/');",
      },
      logLevel: 'silent',
    })
    return command
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
