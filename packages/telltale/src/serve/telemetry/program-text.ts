/**
 * The program of the telemetry thread as CommonJS text, all that it imports included, so that it goes wherever
 * the library is bundled to. The build, and Vitest's configuration, put `program.ts` in place of the empty text;
 * without it metrics are served from the application's own thread.
 */
export const programText: string = ''
