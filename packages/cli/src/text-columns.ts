/** How wide a text is on a terminal: Hangul takes two columns a letter. */
export function columnsOf(text: string): number {
  return text.length + (text.match(/[ᄀ-ᇿ㄰-㆏가-힣]/g)?.length ?? 0)
}

/** A text with spaces after it, so that what follows stands in column `columns`. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** A text with spaces before it, so that it ends in column `columns`. */
export function ending(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text
}

/** A text in at most `columns` columns, cut with an ellipsis. */
export function cutTo(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let kept = ''
  let taken = 0
  for (const letter of text) {
    taken += columnsOf(letter)
    if (taken > columns - 1) break
    kept += letter
  }
  return columns > 0 ? `${kept}…` : ''
}
