import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { ShopStack } from './dashboards/shop-stack.js'

test('pictures', async () => {
  const stack = await ShopStack.start()
  await delay(150_000)
  try {
    execFileSync('bash', ['/tmp/pictures/draw.sh', stack.prometheus.url], { stdio: 'inherit' })
  } finally {
    await stack.stop()
  }
}, 400_000)
