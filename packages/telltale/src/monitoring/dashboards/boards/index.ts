import type { Board } from '../board.js'
import type { SignalPanels } from '../signal-panels.js'
import { business } from './business.js'
import { dependencies } from './dependencies.js'
import { http } from './http.js'
import { monitoring } from './monitoring.js'
import { objectives } from './objectives.js'
import { overview } from './overview.js'
import { queues } from './queues.js'
import { runtime } from './runtime.js'

/** All dashboards, from the one that is opened first. */
export const boards = (panels: SignalPanels): readonly Board[] =>
  [overview, http, runtime, dependencies, queues, business, objectives, monitoring].map((board) =>
    board(panels),
  )
