/** The live page as the build made it: one HTML that needs nothing else of this origin, and nothing of another. */
export interface PageData {
  /** The compressed HTML in base64. */
  readonly gzip: string
  readonly etag: string
  /** The `Content-Security-Policy`, with the hashes of the page's own program and style. */
  readonly policy: string
}

/** The program and style in `monitoring/live/page` as one HTML. The build, and Vitest's configuration, put it here. */
export const pageData: PageData | undefined = undefined
