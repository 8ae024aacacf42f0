import type { Terminal } from '../terminal.js'

export interface AddressRow {
  readonly name: string
  readonly address: string
  readonly about: string
}

/** Prints names, addresses and what is to be seen there, in columns. A row without a name belongs to the one above. */
export function printAddresses(rows: readonly AddressRow[], terminal: Terminal): void {
  const { bold, cyan, dim } = terminal.colours
  const nameWidth = Math.max(...rows.map((row) => row.name.length))
  // A long query in an address must not push the other rows apart.
  const addressWidth = Math.max(...rows.map((row) => (row.address.length > 70 ? 0 : row.address.length)))
  for (const { name, address, about } of rows) {
    const room = terminal.columns - nameWidth - Math.max(addressWidth, address.length) - 6
    const gap = ' '.repeat(Math.max(0, addressWidth - address.length))
    // On a narrow terminal the address is what counts.
    const told = about.length <= room ? `${gap}  ${dim(about)}` : ''
    terminal.line(`  ${bold(name.padEnd(nameWidth))}  ${cyan(address)}${told}`)
  }
}
