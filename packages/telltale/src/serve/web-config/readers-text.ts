/** The program of `foreign-readers.ts` with all that it imports, as CommonJS. The build puts it here. */
export const readersText: string = ''
