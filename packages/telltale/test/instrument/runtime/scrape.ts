import { type ParsedText, parseText } from '../../../../../test/support/text-parser.js'
import { expose } from '../../../src/exposition/expose.js'
import type { Registry } from '../../../src/registry/registry.js'

/** What Prometheus would read of this registry now. */
export async function scrape(registry: Registry): Promise<ParsedText> {
  return parseText((await expose(registry)).body)
}

/** Holds the event loop for this long. */
export function block(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}
