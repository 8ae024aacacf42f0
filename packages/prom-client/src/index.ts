export * from 'telltale/prom-client'
