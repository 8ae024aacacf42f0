import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebhookReceiver } from '../../src/stack/webhook-receiver.js'

let webhook: WebhookReceiver

beforeEach(async () => {
  webhook = await WebhookReceiver.start()
})

afterEach(() => webhook.stop())

function send(body: string): Promise<Response> {
  return fetch(webhook.url, { method: 'POST', body })
}

const notification = (name: string, status: string) =>
  JSON.stringify({ status, alerts: [{ status, labels: { alertname: name }, annotations: {} }] })

test('an alert is found whether it came before or comes after the question', async () => {
  await send(notification('Early', 'firing'))
  const late = webhook.alert((alert) => alert.labels.alertname === 'Late')
  await send(notification('Late', 'resolved'))
  expect(await webhook.alert((alert) => alert.labels.alertname === 'Early')).toMatchObject({
    status: 'firing',
  })
  expect(await late).toMatchObject({ status: 'resolved' })
})

test('a wait that is over says what came instead', async () => {
  await send(notification('Other', 'firing'))
  await expect(webhook.alert((alert) => alert.labels.alertname === 'Mine', 20)).rejects.toThrow(
    'received: Other firing',
  )
})

test('what is no notification is refused and changes nothing', async () => {
  for (const body of ['', 'hello', '{}', '[]', 'null', '{"alerts": 3}']) {
    expect((await send(body)).status, body).toBe(400)
  }
  expect(webhook.notifications).toEqual([])
})
