import { z } from 'zod';

const Environment = z.object({
  PORT: z.coerce
    .number('must be a number; leave it out for 8787, or use 0 for any free port')
    .int('must be a whole number')
    .min(0, 'must be 0 or more; 0 means any free port')
    .max(65_535, 'must be at most 65535')
    .default(8787),
  HOST: z
    .string()
    .min(1, 'must name an address to listen on; leave it out for 127.0.0.1')
    .default('127.0.0.1'),
  TANDEM_DATA: z.string().min(1, 'must name a folder; leave it out for .tandem/hub').default('.tandem/hub'),
  TANDEM_SAMPLE: z.enum(['0', '1'], 'must be 1 to load the sample data, or left out').default('0'),
  TANDEM_EXTENSION_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ''),
    )
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[a-z-]+:\/\/[^/\s]+$/, 'must be origins such as chrome-extension://<id>, by commas'),
      ),
    ),
  TANDEM_REQUESTS_PER_MINUTE: z.coerce
    .number('must be a number; leave it out for 1200')
    .int('must be a whole number')
    .positive('must be above 0')
    .default(1200),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
      'must be fatal, error, warn, info, debug or silent',
    )
    .default('info'),
});
export type Environment = z.infer<typeof Environment>;

/** The settings of the hub; the message names each wrong one, what is wrong and what to do. */
export class EnvironmentError extends Error {}

/** @throws EnvironmentError */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const result = Environment.safeParse(variables);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => {
    const key = String(path[0]);
    return `${key}=${variables[key] ?? ''}: ${message}`;
  });
  throw new EnvironmentError(`The hub's settings are not usable.\n${lines.join('\n')}`);
}
