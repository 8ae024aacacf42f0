/** Text from outside without what would move a terminal's cursor, colour it, or break a line. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    if (character === '\n') return '⏎'
    return character === '\t' ? ' ' : '\ufffd'
  })
}
