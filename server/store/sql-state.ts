/** PostgreSQL's five-character error code, when the error is one of the database's. */
export function sqlState(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : undefined;
}
