// Writes the bounds of native histograms, exactly: node scripts/native-bounds.mjs
// 2^(j/256) is rounded once, by whole-number arithmetic, since `**` differs between versions of V8.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspace.mjs'

const BUCKETS = 256
const COLUMNS = 110
const target = join(root, 'packages/telltale/src/metrics/native-bounds.ts')

writeFileSync(
  target,
  `// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: a table is read as a table

/**
 * 2^(j/256) for j from 0 to 255, each the nearest double: the bounds from 1 to 2 at schema 8, some of which are those
 * of every coarser schema. Literal because computed powers differ between machines; \`scripts/native-bounds.mjs\` wrote
 * it with whole numbers.
 */
export const nativeBounds: readonly number[] = [
${filled(Array.from({ length: BUCKETS }, (_, j) => bound(BigInt(j))))}
]
`,
)

/** 2^(j/256) is irrational for j above 0, so one bit more than a double has decides how it is rounded. */
function bound(j) {
  let power = 1n << (53n * 256n + j)
  for (let root = 256; root > 1; root /= 2) power = squareRoot(power)
  return Number((power + 1n) / 2n) / 2 ** 52
}

/** The whole part of a square root, by Newton's method from above. */
function squareRoot(square) {
  let guess = 1n << BigInt(Math.ceil(square.toString(2).length / 2))
  for (;;) {
    const next = (guess + square / guess) / 2n
    if (next >= guess) return guess
    guess = next
  }
}

/** Numbers in as few lines as the formatter makes. */
function filled(numbers) {
  const lines = ['']
  for (const number of numbers) {
    const longer = `${lines.at(-1)} ${number},`
    if (longer.length + 1 <= COLUMNS) lines[lines.length - 1] = longer
    else lines.push(` ${number},`)
  }
  return lines.map((line) => ` ${line}`).join('\n')
}
