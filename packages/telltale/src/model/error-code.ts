/**
 * Every error of Telltale, by its stable code. Codes are part of the public interface: a code is never reused
 * for another meaning, and `docs/errors.md` lists the same rows.
 */
export const errorCodes = {
  TELLTALE_METRIC_NAME: 'A metric name is not valid.',
  TELLTALE_METRIC_HELP: 'A metric has no help text.',
  TELLTALE_LABEL_NAME: 'A label name is not valid, reserved or given twice.',
  TELLTALE_LABEL_VALUE: 'A label value is of a wrong type, or not one of the values that were declared.',
  TELLTALE_BUCKETS: 'A list of bucket bounds is empty, not numeric or not ascending.',
  TELLTALE_QUANTILES: 'A list of quantiles is not numeric or lies outside 0 to 1.',
  TELLTALE_OPTION: 'An option has a value that is not allowed.',
  TELLTALE_METRIC_EXISTS: 'A metric of this name is registered already.',
  TELLTALE_NAME_CLASH: 'The samples of two metrics would have the same name.',
  TELLTALE_OBSERVATION: 'An observation is not a number that this metric can take.',
  TELLTALE_SERIES_LIMIT: 'A metric reached the limit on its series.',
  TELLTALE_EXEMPLAR: 'An exemplar could not be kept.',
  TELLTALE_COLLECTOR: 'A collector failed or did not finish in time.',
  TELLTALE_TIMER: 'A timer was ended that is not running.',
  TELLTALE_CUSTOM_METRIC: 'A custom metric was recorded with another set of labels, or under a taken name.',
  TELLTALE_ENVIRONMENT: 'The environment has no metrics configuration.',
  TELLTALE_PORT: 'A port is not valid, in use or not permitted.',
  TELLTALE_WEB_CONFIG: 'A file about access or TLS cannot be used.',
  TELLTALE_GROUP: 'A process cannot take part in its process group.',
  TELLTALE_DATABASE: 'A database handle cannot be watched.',
  TELLTALE_ROUTE: 'The route of a request could not be used as a label.',
  TELLTALE_HOST: 'The name of a host could not be used as a label.',
  TELLTALE_EXPOSITION: 'A text or message cannot be read as an exposition.',
  TELLTALE_PUSH: 'A push was not accepted.',
  TELLTALE_PUSH_LABEL: 'A metric that is to be pushed has a label of the group that it goes to.',
  TELLTALE_SETUP: 'A check of the monitoring setup could not be made.',
  TELLTALE_OBJECTIVE: 'A file of service-level objectives cannot be used.',
} as const

/** A stable code of an error; see {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes
