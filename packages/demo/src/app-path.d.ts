// At the root of the package, two folders up from either build; src/ is one folder nearer, so the compiler cannot find it.
declare module '*/app-path.cjs' {
  /** The file to fork for the app. */
  export const appPath: string;
}
