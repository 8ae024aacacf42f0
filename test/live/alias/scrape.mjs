/** Requests a path of the application, to the last byte of its answer. */
export async function request(port, path) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

/** Says what a scrape of the application gave, as the last line that this program writes. */
export function report(scrapes) {
  process.stdout.write(`\n${JSON.stringify(scrapes)}\n`, () => process.exit(0))
}
