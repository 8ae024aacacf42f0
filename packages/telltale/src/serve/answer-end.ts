import type { IncomingMessage, ServerResponse } from 'node:http'

/** Calls `ended` once: when an answer was taken, or when it is clear that it never will be. */
export function onAnswerEnd(req: IncomingMessage, res: ServerResponse, ended: () => void): void {
  let hasEnded = false
  const end = () => {
    if (hasEnded) return
    hasEnded = true
    ended()
  }
  if (res.destroyed || req.socket.destroyed) {
    end()
    return
  }
  res.once('close', end)
  // An answer that waits behind another one of its connection hears nothing of the connection's end; its request does.
  req.once('close', () => {
    if (req.socket.destroyed) end()
  })
}
