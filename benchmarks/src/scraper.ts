import { get } from 'node:http'
import { createInterface } from 'node:readline'

// A scraper in a process of its own, so that its work is not on the loop that is measured: one scrape for each line
// with an address on standard input, and a line with the bytes it got.
for await (const url of createInterface({ input: process.stdin })) {
  const length = await new Promise<number>((resolve, reject) => {
    get(url, (res) => {
      let bytes = 0
      res.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      res.once('end', () => resolve(bytes)).once('error', reject)
    }).once('error', reject)
  })
  process.stdout.write(`${length}\n`)
}
