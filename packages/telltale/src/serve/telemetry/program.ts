import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadSettings } from './thread-message.js'
import { ThreadServer } from './thread-server.js'

// What starts the thread is of this very version of the package, so that the form of its settings is known.
if (parentPort !== null) new ThreadServer(workerData as ThreadSettings, parentPort)
