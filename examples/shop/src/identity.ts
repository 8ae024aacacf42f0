import type { RequestHandler } from 'express'

/** Takes the user's id from `x-user-id`: this example has no login. Anything but a number is no id. */
export const identify: RequestHandler = (req, _res, next) => {
  const id = req.get('x-user-id')
  if (id !== undefined && /^[1-9]\d{0,9}$/.test(id)) req.user = { id }
  next()
}
