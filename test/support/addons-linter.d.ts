/** The part of Mozilla's linter that we use; it comes without types (10.13). */
declare module 'addons-linter' {
  interface Finding {
    code: string;
    message: string;
    file?: string;
    line?: number;
    column?: number;
  }
  interface Report {
    errors: Finding[];
    warnings: Finding[];
    notices: Finding[];
  }
  const linter: {
    createInstance(options: { config: Record<string, unknown>; runAsBinary: boolean }): {
      run(): Promise<unknown>;
      output: Report;
    };
  };
  export default linter;
  export type { Finding, Report };
}
