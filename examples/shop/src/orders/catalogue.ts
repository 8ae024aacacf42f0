/** What the shop sells, by name, with its price in cents. The names are label values: keep them few. */
export const PRICES_IN_CENTS = { coffee: 450, tea: 380, mug: 1_290, kettle: 5_400, grinder: 8_900 } as const

export type Product = keyof typeof PRICES_IN_CENTS

export const PRODUCTS = ['coffee', 'tea', 'mug', 'kettle', 'grinder'] as const satisfies readonly Product[]

export const CURRENCY = 'USD'

/** Orders from here on are fulfilled first. */
export const HIGH_PRIORITY_CENTS = 10_000
