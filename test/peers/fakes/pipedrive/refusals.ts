/** A refusal as version 1 words it, which is also what stands before both versions. */
export const refuse = (status: number, error: string, headers: Record<string, string> = {}): Response =>
  Response.json(
    { success: false, error, errorCode: status, error_info: 'Please check developers.pipedrive.com' },
    { status, headers },
  );

/** A refusal as version 2 words it. */
export const invalid = (error: string): Response =>
  Response.json(
    { success: false, error, code: 'ERR_SCHEMA_VALIDATION_FAILED', statusCode: 400 },
    { status: 400 },
  );
