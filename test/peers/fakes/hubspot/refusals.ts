/** A refusal as HubSpot words it. */
export function refuse(
  status: number,
  message: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  const correlationId = 'aeb5f871-7f07-4993-9211-075dc63e7cbf';
  return Response.json({ status: 'error', message, correlationId, ...more }, { status, headers });
}

export const invalid = (message: string): Response => refuse(400, message, { category: 'VALIDATION_ERROR' });
export const missing = (): Response => refuse(404, 'resource not found', { category: 'OBJECT_NOT_FOUND' });
