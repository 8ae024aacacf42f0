/** The part of the DOM that the page uses; the packages are compiled without a browser's types. */
export interface PageElement {
  innerHTML: string
  textContent: string | null
  className: string
  hidden: boolean
  readonly clientWidth: number
  readonly dataset: Record<string, string | undefined>
  readonly children: ArrayLike<PageElement>
  setAttribute(name: string, value: string): void
  querySelector(selector: string): PageElement | null
  closest(selector: string): PageElement | null
  getBoundingClientRect(): { readonly left: number; readonly width: number }
  append(child: PageElement): void
  insertBefore(child: PageElement, before: PageElement | null): void
  remove(): void
  addEventListener(type: string, listener: (event: PageEvent) => void): void
}

export interface PageEvent {
  readonly target: PageElement
  readonly clientX: number
  readonly key: string
  preventDefault(): void
}

/** The browser, as far as the page needs it. */
export interface Browser {
  readonly document: {
    title: string
    readonly documentElement: PageElement
    createElement(name: string): PageElement
    querySelector(selector: string): PageElement | null
    addEventListener(type: string, listener: (event: PageEvent) => void): void
  }
  readonly location: { readonly host: string; readonly pathname: string; readonly search: string }
  readonly navigator: { readonly languages: readonly string[] }
  addEventListener(type: string, listener: () => void): void
}

// The program runs in a browser and nowhere else.
export const browser = globalThis as unknown as Browser

/** An element that the page's own HTML has. */
export function part(
  selector: string,
  within: Pick<PageElement, 'querySelector'> = browser.document,
): PageElement {
  const found = within.querySelector(selector)
  if (found === null) throw new Error(`BUG: the page has no ${selector}`)
  return found
}

/** Changes a text only where it is another one, so that nothing is drawn or read out again. */
export function setText(element: PageElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** Makes the children of a list those of the items, each once and in their order, and keeps those that stay. */
export function keep<Item>(
  list: PageElement,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  make: (item: Item) => PageElement,
): readonly PageElement[] {
  const known = new Map(Array.from(list.children, (child) => [child.dataset.key, child]))
  const kept = items.map((item, i) => {
    const key = keyOf(item)
    const child = known.get(key) ?? make(item)
    known.delete(key)
    child.dataset.key = key
    if (list.children[i] !== child) list.insertBefore(child, list.children[i] ?? null)
    return child
  })
  for (const gone of known.values()) gone.remove()
  return kept
}
