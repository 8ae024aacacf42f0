import { pathMembers, pathText } from './express-path.js'
import type { ExpressRouter, LayerConstructor, RouterLayer } from './express-shape.js'
import { MatcherPattern, type PathMatcher } from './matcher-pattern.js'
import { guessPattern, type PatternKey } from './regexp-pattern.js'

/** What a mounting layer takes off the front of a path, and the pattern it was mounted on. */
export interface Entered {
  readonly consumed: string
  readonly pattern: string
}

/** A layer that a router or an application was mounted with. */
export interface Mount {
  /** `undefined` when this layer does not let the path in. */
  enter(path: string): Entered | undefined
}

const AT_ROOT: Entered = { consumed: '', pattern: '' }

/** Reads a mounting layer of any supported version. One of an unknown shape lets nothing in. */
export function mountOf(layer: RouterLayer, router: ExpressRouter): Mount {
  if (layer.slash === true || isSlash(layer.regexp)) return { enter: () => AT_ROOT }
  if (layer.regexp instanceof RegExp) return expressionMount(layer, layer.regexp)
  const matchers = matchersOf(layer)
  if ('rawPath' in layer) return declaredMount(pathMembers(layer.rawPath).map(pathText), matchers)
  return invertedMount(matchers, router.caseSensitive === true)
}

/** The matchers of a layer of router 2, none for another version. */
export function matchersOf(layer: RouterLayer): readonly PathMatcher[] {
  // Private to router 2, which calls each of them with a path only.
  return Array.isArray(layer.matchers) ? (layer.matchers as PathMatcher[]) : []
}

/** Makes a layer as `like` was made, to see what its version turns a path into. */
export function layerLike(
  like: RouterLayer,
  path: unknown,
  options: { readonly sensitive: boolean; readonly strict: boolean; readonly end: boolean },
): RouterLayer {
  // A layer is an instance of its version's Layer, whose parameters have not changed since Express 4.
  const Layer = like.constructor as LayerConstructor
  return new Layer(path, options, () => {})
}

/** router 2.3 and later: the pattern is kept. */
function declaredMount(patterns: readonly string[], matchers: readonly PathMatcher[]): Mount {
  return {
    enter(path) {
      for (const [at, matcher] of matchers.entries()) {
        const match = matcher(path)
        if (match) return { consumed: match.path, pattern: patterns[at]! }
      }
      return undefined
    },
  }
}

/** router 2.0 to 2.2: only functions are kept. */
function invertedMount(matchers: readonly PathMatcher[], sensitive: boolean): Mount {
  const members = matchers.map((matcher) => new MatcherPattern(matcher, sensitive))
  return {
    enter(path) {
      for (const member of members) {
        const entered = member.enter(path)
        if (entered !== undefined) return entered
      }
      return undefined
    },
  }
}

interface Member {
  readonly expression: RegExp
  readonly pattern: string
}

/** Express 4: a regular expression made from the path is kept, for an array of paths one with alternatives. */
function expressionMount(layer: RouterLayer, expression: RegExp): Mount {
  const members = provenMembers(layer, expression) ?? [
    { expression: stateless(expression), pattern: pathText(expression) },
  ]
  return {
    enter(path) {
      for (const { expression, pattern } of members) {
        const match = expression.exec(path)
        if (match) return { consumed: match[0], pattern }
      }
      return undefined
    },
  }
}

/** The guessed pattern of each alternative; `undefined` unless the layer's version makes just these of them. */
function provenMembers(layer: RouterLayer, expression: RegExp): readonly Member[] | undefined {
  const keys = keysOf(layer)
  const sensitive = !expression.ignoreCase
  const members: Member[] = []
  for (const [at, part] of expression.source.split('|^').entries()) {
    const source = at === 0 ? part : `^${part}`
    const pattern = guessPattern(source, keys)
    const made = layerLike(layer, pattern, { sensitive, strict: false, end: false }).regexp
    if (!(made instanceof RegExp) || made.source !== source) return undefined
    members.push({ expression: made, pattern })
  }
  return members
}

function keysOf(layer: RouterLayer): PatternKey[] {
  // Private to Express 4, where each key has a name.
  return Array.isArray(layer.keys) ? [...(layer.keys as PatternKey[])] : []
}

/** An application's own expression may remember where it matched last, which is not ours to change. */
function stateless(expression: RegExp): RegExp {
  return new RegExp(expression.source, expression.flags.replace(/[gy]/g, ''))
}

function isSlash(expression: unknown): boolean {
  return expression instanceof RegExp && 'fast_slash' in expression && expression.fast_slash === true
}
