/**
 * Measures an application without a line of code in it: `node --import telltale/auto app.js`, or `--require`. It has no
 * exports. It keeps no process alive, and what goes wrong with it is a line on standard error.
 */
import { startAuto } from './auto/start-auto.js'
import { processHTTPMetrics } from './fastify.js'

startAuto(processHTTPMetrics)
