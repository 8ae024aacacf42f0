import { get } from '../http/index.js'

/** The status that a GET of `url` answers, redirects not followed; 0 when nothing answers within `within` ms. */
export async function statusOf(url: string, within = 2_000): Promise<number> {
  const answer = await get(url, { seconds: within / 1000, mostBytes: 0 }).catch(() => undefined)
  return answer?.status ?? 0
}

/** Whether a GET of `url` answers 200. */
export async function answers(url: string): Promise<boolean> {
  return (await statusOf(url)) === 200
}
