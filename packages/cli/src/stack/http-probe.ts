/** The status that a GET of `url` answers, redirects not followed; 0 when nothing answers within `within` ms. */
export async function statusOf(url: string, within = 2_000): Promise<number> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(within) })
    await response.body?.cancel()
    return response.status
  } catch {
    return 0
  }
}

/** Whether a GET of `url` answers 200. */
export async function answers(url: string): Promise<boolean> {
  return (await statusOf(url)) === 200
}
