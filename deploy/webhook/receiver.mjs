// Prints every alert that Alertmanager sends, one line each: `docker compose logs -f webhook`.
import { createServer } from 'node:http'

const server = createServer(async (request, response) => {
  try {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    for (const { status, labels, annotations } of JSON.parse(body).alerts) {
      console.log(`${status} ${labels.alertname} (${labels.severity}): ${annotations.description}`)
    }
    response.writeHead(204).end()
  } catch (error) {
    console.error(`not a notification: ${error.message}`)
    response.writeHead(400).end()
  }
})

server.listen(5001)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close())
