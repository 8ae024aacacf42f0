/** Why an observation was not recorded. */
export type DropReason =
  | 'not_a_number'
  | 'not_finite'
  | 'negative'
  | 'label_name'
  | 'label_value'
  | 'series_limit'
