/**
 * In a cluster, PM2 hands an application its environment as one text. Its own program takes that in, as here, but after what
 * is loaded by a flag of Node.js.
 */
export function takePm2Environment(env: NodeJS.ProcessEnv): void {
  if (env.pm2_env === undefined) return
  for (const [name, value] of Object.entries(settingsIn(env.pm2_env))) env[name] = String(value)
}

function settingsIn(text: string): object {
  try {
    const settings: unknown = JSON.parse(text)
    return typeof settings === 'object' && settings !== null ? settings : {}
  } catch {
    return {}
  }
}
