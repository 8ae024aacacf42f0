import { Agent, get } from 'node:http'

// Requests without a pause, in a process of its own: the address is the argument, and the number of answers so far goes
// to standard output for each line on standard input.
const CONNECTIONS = 8

const url = process.argv[2]!
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
let answers = 0

function next(): void {
  get(url, { agent }, (res) => {
    res.resume().once('end', () => {
      answers++
      next()
    })
  }).once('error', () => process.exit(1))
}

for (let i = 0; i < CONNECTIONS; i++) next()
process.stdin.on('data', () => process.stdout.write(`${answers}\n`))
