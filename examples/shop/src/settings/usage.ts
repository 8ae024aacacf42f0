export const USAGE = `Usage: shop [--traffic [--rate N] [--error-rate R] [--slow-rate R] [--seed N]]

A small web shop that Prometheus can watch: the application on port 3000, its metrics on port 9090.

Options
  --traffic            send requests to itself
  --rate N             requests per second (5)
  --error-rate R       share of API requests that fail, 0 to 1 (0.01)
  --slow-rate R        share of API requests that take 2 seconds more, 0 to 1 (0.01)
  --seed N             the same seed gives the same traffic (1)
  --help               this text

Variables
  PORT, HOST           the application (3000, every interface)
  METRICS_PORT         the metrics server (9090)
  METRICS_HOST         the interface of the metrics server (127.0.0.1)
  NODE_ENV             development, staging, production or test (development)
  DATABASE_URL         postgres://… for a PostgreSQL server, file:///… for an embedded one that
                       keeps its data there (default: embedded, in memory)
  REDIS_URL            redis://… for cache and queue (default: both in this process)
  PAYMENT_API_URL      http://… of a payment service (default: a local one is started)
  RATE_LIMIT_MAX       API requests per client and window (100)
  RATE_LIMIT_WINDOW_SECONDS   the window (900)
  LOG_REQUESTS         on: one line per request (off)
  SHOP_FAULTS          on: GET and POST /faults break the shop on purpose (off)
`
