import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeStatement } from '../../../src/instrument/database/statement.js'
import { StatementCache } from '../../../src/instrument/database/statement-cache.js'

const told = (query: unknown) => {
  const { operation, table } = describeStatement(query)
  return `${operation} ${table}`
}

describe('the operation and the table of a statement', () => {
  test.each([
    // reading
    ['SELECT * FROM users', 'SELECT users'],
    ['  select id from users where id = $1;', 'SELECT users'],
    ['SELECT 1', 'SELECT none'],
    ['SELECT now()', 'SELECT none'],
    ['SELECT * FROM users u JOIN orders o ON o.user_id = u.id', 'SELECT users'],
    ['SELECT * FROM users, orders', 'SELECT users'],
    ['SELECT (SELECT count(*) FROM orders) FROM users', 'SELECT users'],
    ['SELECT * FROM (SELECT * FROM orders) AS o', 'SELECT orders'],
    ['SELECT * FROM ((orders o JOIN users u ON true))', 'SELECT orders'],
    ['(SELECT * FROM a) UNION (SELECT * FROM b)', 'SELECT a'],
    ['SELECT * FROM ONLY users', 'SELECT users'],
    ['SELECT * FROM (VALUES (1), (2)) AS v', 'SELECT none'],
    ['SELECT * FROM a, LATERAL (SELECT 1) AS l', 'SELECT a'],
    ['SELECT * FROM generate_series(1, 3)', 'SELECT generate_series'],
    ['SELECT EXTRACT(YEAR FROM created_at) FROM users', 'SELECT users'],
    ["SELECT trim(both 'x' FROM name) FROM users", 'SELECT users'],
    ['SELECT a IS DISTINCT FROM b FROM users', 'SELECT users'],
    ['SELECT u.from FROM users u', 'SELECT users'],
    ['SELECT "from" FROM users', 'SELECT users'],
    ['SELECT * FROM users FOR UPDATE', 'SELECT users'],
    ['SELECT 1; SELECT * FROM users', 'SELECT none'],
    // writing
    ['INSERT INTO users (name) VALUES ($1)', 'INSERT users'],
    ['INSERT INTO archive SELECT * FROM users', 'INSERT archive'],
    ['INSERT OR IGNORE INTO users VALUES (1)', 'INSERT users'],
    ['REPLACE INTO users VALUES (1)', 'REPLACE users'],
    ['UPDATE users SET name = $1', 'UPDATE users'],
    ['UPDATE ONLY users SET name = $1', 'UPDATE users'],
    ['UPDATE LOW_PRIORITY IGNORE users SET name = ?', 'UPDATE users'],
    ['UPDATE OR IGNORE users SET name = ?', 'UPDATE users'],
    ['DELETE FROM users WHERE id = 1', 'DELETE users'],
    ['DELETE FROM ONLY users', 'DELETE users'],
    ['MERGE INTO stock USING sold ON true WHEN MATCHED THEN DELETE', 'MERGE stock'],
    ['TRUNCATE TABLE users', 'TRUNCATE users'],
    ['truncate users cascade', 'TRUNCATE users'],
    ['COPY users FROM STDIN', 'COPY users'],
    ['COPY (SELECT * FROM users) TO STDOUT', 'COPY users'],
    ['LOCK TABLE users IN SHARE MODE', 'LOCK users'],
    // common table expressions
    ['WITH x AS (SELECT 1) INSERT INTO users SELECT * FROM x', 'INSERT users'],
    ['WITH recent AS (SELECT * FROM orders) SELECT * FROM recent', 'SELECT orders'],
    ['WITH a AS (SELECT 1), b (n) AS MATERIALIZED (SELECT * FROM orders) SELECT * FROM b', 'SELECT orders'],
    [
      'WITH RECURSIVE t(n) AS (SELECT id FROM nodes UNION SELECT n FROM t) SELECT * FROM users',
      'SELECT users',
    ],
    ['WITH gone AS (DELETE FROM users RETURNING *) UPDATE counts SET n = 1', 'UPDATE counts'],
    ['WITH a AS (WITH b AS (SELECT * FROM orders) SELECT * FROM b) SELECT * FROM a', 'SELECT orders'],
    // definitions
    ['CREATE TABLE IF NOT EXISTS users (id int)', 'CREATE users'],
    ['CREATE TEMPORARY TABLE scratch (id int)', 'CREATE scratch'],
    ['CREATE OR REPLACE VIEW adults AS SELECT * FROM users', 'CREATE adults'],
    ['CREATE UNIQUE INDEX CONCURRENTLY i ON users (name)', 'CREATE users'],
    ["CREATE USER bob PASSWORD 'x'", 'CREATE none'],
    ['ALTER TABLE ONLY users ADD COLUMN age int', 'ALTER users'],
    ['DROP TABLE IF EXISTS users, orders', 'DROP users'],
    ['DROP INDEX i', 'DROP none'],
    // transactions and the rest
    ['BEGIN', 'BEGIN none'],
    ['START TRANSACTION', 'BEGIN none'],
    ['COMMIT', 'COMMIT none'],
    ['END', 'COMMIT none'],
    ['ROLLBACK TO SAVEPOINT a', 'ROLLBACK none'],
    ['SAVEPOINT a', 'SAVEPOINT none'],
    ['CALL pay(1)', 'CALL none'],
    ['EXPLAIN SELECT * FROM users', 'EXPLAIN users'],
    ['EXPLAIN (ANALYZE, FORMAT JSON) UPDATE users SET a = 1', 'EXPLAIN users'],
    ["SET application_name = 'x'", 'SET none'],
    ['SHOW server_version', 'SHOW none'],
    ['VACUUM users', 'VACUUM none'],
    ['FROBNICATE users', 'OTHER none'],
    // names
    ['SELECT * FROM "public"."Users"', 'SELECT users'],
    ['SELECT * FROM shop . public . Users', 'SELECT users'],
    ['SELECT * FROM `shop`.`orders`', 'SELECT orders'],
    ['SELECT * FROM [dbo].[Order Lines]', 'SELECT order_lines'],
    ['SELECT tags[1] FROM users', 'SELECT users'],
    ['SELECT * FROM 사용자', 'SELECT 사용자'],
    ['SELECT * FROM "2fa"', 'SELECT unknown'],
    [`SELECT * FROM ${'t'.repeat(200)}`, `SELECT ${'t'.repeat(63)}`],
    ['SELECT * FROM $1', 'SELECT unknown'],
    ['SELECT * FROM ?', 'SELECT unknown'],
    // comments and literals
    ['/* list */ SELECT -- all of them\n * FROM users', 'SELECT users'],
    ['-- FROM orders\nSELECT * FROM users', 'SELECT users'],
    ["SELECT 'from orders' FROM users", 'SELECT users'],
    ["SELECT 'it''s from orders' FROM users", 'SELECT users'],
    ['SELECT $$from orders$$, $a$ $$ from b $a$ FROM users', 'SELECT users'],
    ["SELECT data #>> '{a}' FROM users", 'SELECT users'],
    ["SELECT * FROM users WHERE path = 'C:\\'", 'SELECT users'],
    // where dialects disagree, nothing is guessed
    ["SELECT 'C:\\' FROM users", 'SELECT unknown'],
    ["SELECT a # don't\n FROM users", 'SELECT unknown'],
    ['SELECT /* /* */ */ 1 FROM users', 'SELECT unknown'],
    ["SELECT q'[it's]' FROM users", 'SELECT unknown'],
    ["SELECT 'never closed FROM users", 'SELECT unknown'],
    [`SELECT ${'a, '.repeat(10_000)} b FROM users`, 'SELECT unknown'],
  ])('%s', (sql, expected) => {
    expect(told(sql)).toBe(expected)
  })

  test.each([
    ['text', { text: 'SELECT * FROM users', values: [1] }],
    ['a named statement', { name: 'find', text: 'SELECT * FROM users' }],
    ['mysql2 options', { sql: 'SELECT * FROM users', timeout: 1 }],
    ['a query stream', { cursor: { text: 'SELECT * FROM users' }, submit() {} }],
    ['the strings of a tagged template', ['SELECT * FROM users WHERE id = ', '']],
  ])('are found in %s', (_, query) => {
    expect(told(query)).toBe('SELECT users')
  })

  test.each([
    [undefined],
    [null],
    [42],
    [''],
    ['  -- nothing'],
    ['()'],
    [{}],
    [[]],
    [[1, 2]],
    [{ name: 'find' }],
    [() => 'SELECT 1'],
  ])('are unknown for %s', (query) => {
    expect(told(query)).toBe('unknown unknown')
  })
})

const secret = 'zqsecret'
const fragments = fc.constantFrom(
  ...'SELECT FROM INSERT INTO UPDATE DELETE WITH AS JOIN ONLY TABLE users "q" `q` ( ) , ; . = -- /* */ # $$'
    .concat(" $a$ ' '' \\' \" [ ] q' E' ? $1 :a @b :: 1 1e5 \n \t é 사 😀")
    .split(' '),
)

/** One literal, encoded as a dialect would, with content that tries to look like SQL. */
const hostileContent = fc
  .array(fc.oneof(fragments, fc.constant(secret), fc.string({ maxLength: 4 })), { maxLength: 8 })
  .map((parts) => `${parts.join(' ')} from ${secret} `)
const standardLiteral = hostileContent.map((content) => `'${content.replaceAll("'", "''")}'`)
const mysqlLiteral = fc
  .tuple(hostileContent, fc.constantFrom("'", '"'))
  .map(([content, quote]) => quote + content.replace(/['"\\]/g, '\\$&') + quote)
const sqlAround = (literal: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.constantFrom(
        'SELECT ? FROM users WHERE a = ? AND b = ?',
        'SELECT count(*) WHERE a = ? OR (b = ? AND c IN (?, ?))',
        'INSERT INTO users VALUES (?, ?, ?)',
        'WITH a AS (SELECT ?, ? FROM users) SELECT ?, ? FROM a WHERE b = ?',
        'UPDATE users SET a = ?, b = ? WHERE c = ?',
        'SELECT a -- why not\n, ? FROM (SELECT ?) AS x WHERE ? = b',
      ),
      fc.array(literal, { minLength: 5, maxLength: 5 }),
    )
    .map(([sql, literals]) => sql.split('?').reduce((text, part, i) => `${text}${literals[i]}${part}`))

test('an object whose text cannot be read is unknown', () => {
  const query = Object.defineProperty({}, 'text', {
    get() {
      throw new Error('not readable')
    },
  })
  expect(told(query)).toBe('unknown unknown')
})

describe('whatever a statement contains', () => {
  const identifier = /^[\p{L}_][\p{L}\p{M}\p{N}_$]{0,62}$/u
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fragments, { maxLength: 60 }).map((parts) => parts.join(' ')),
    fc.array(fragments, { maxLength: 60 }).map((parts) => `SELECT * FROM ${parts.join('')}`),
  )

  test('the result is two short identifiers', () => {
    fc.assert(
      fc.property(anything, (sql) => {
        const { operation, table } = describeStatement(sql)
        expect(operation).toMatch(/^([A-Z]{2,12}|unknown)$/)
        expect(table).toMatch(identifier)
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    ['standard SQL', standardLiteral],
    ['MySQL', mysqlLiteral],
    ['dollar quotes', hostileContent.map((content) => `$q$${content.replaceAll('$', '')}$q$`)],
  ])('no literal of %s gets into a label', (_, literal) => {
    fc.assert(
      fc.property(sqlAround(literal), (sql) => {
        expect(told(sql)).not.toContain(secret)
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    ['open parentheses', '('],
    ['nested subqueries', 'SELECT * FROM ('],
    ['nested common tables', 'WITH a AS ('],
    ['open brackets', '[a'],
    ['comments', '/* '],
    ['quotes', "' "],
    ['backslashes', '\\'],
    ['dollar tags', '$a$ $b$ '],
    ['dots', 'SELECT * FROM a.'],
  ])('a megabyte of %s is read in no time', (_, piece) => {
    const sql = piece.repeat(Math.ceil(1_000_000 / piece.length))
    const startedAt = performance.now()
    describeStatement(sql)
    // Reading that is not linear would take minutes.
    expect(performance.now() - startedAt).toBeLessThan(3000)
  })
})

describe('the cache of descriptions', () => {
  test('answers as without it, for known and for new statements', () => {
    const cache = new StatementCache()
    const queries = [
      'SELECT 1',
      { text: 'SELECT * FROM users' },
      undefined,
      `SELECT * FROM t -- ${'x'.repeat(9000)}`,
    ]
    for (const query of [...queries, ...queries])
      expect(cache.describe(query)).toEqual(describeStatement(query))
    expect(cache.describe('SELECT 1')).toBe(cache.describe({ sql: 'SELECT 1' }))
  })

  test('keeps the last 1,000 statements and drops the oldest', () => {
    const cache = new StatementCache()
    const first = cache.describe('SELECT * FROM t0')
    for (let i = 1; i < 1000; i++) cache.describe(`SELECT * FROM t${i}`)
    expect(cache.describe('SELECT * FROM t0')).toBe(first)
    cache.describe('SELECT * FROM t1000')
    expect(cache.describe('SELECT * FROM t0')).not.toBe(first)
  })
})
