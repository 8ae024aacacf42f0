export * from 'telltale/prom-client'
// prom-client is CommonJS, whose default import is all of it.
export * as default from 'telltale/prom-client'
