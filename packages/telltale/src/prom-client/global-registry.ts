import { defaultRegistry } from '../registry/default-registry.js'
import { tellPrimaryFirst } from './cluster-worker.js'
import { prometheusContentType } from './content-type.js'
import { Registry } from './registry.js'

/** The registry of metrics that name no other: the default registry of the process, as Telltale's own classes use it. */
export const register: Registry = Registry.over(defaultRegistry())

tellPrimaryFirst([register.engine])

export const globalRegistry = register

export const contentType = prometheusContentType
