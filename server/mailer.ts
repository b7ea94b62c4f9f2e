import { createTransport } from 'nodemailer';
import type { Environment } from './environment.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  headers?: Record<string, string>;
  /** The same for the same mail, so that a mailbox shows one that was sent twice once. */
  messageId?: string;
}

/** Sends mails by the company's own mail server. */
export interface Mailer {
  /** Resolves once the server has taken the mail, and rejects when it does not. */
  send(mail: Mail): Promise<void>;
}

/** Null where no mail server is configured. */
export function createMailer({
  TANDEM_SMTP_URL: url,
  TANDEM_MAIL_FROM: from,
}: Pick<Environment, 'TANDEM_SMTP_URL' | 'TANDEM_MAIL_FROM'>): Mailer | null {
  if (url === undefined) return null;
  const transport = createTransport(url, { from });
  return {
    async send(mail) {
      await transport.sendMail(mail);
    },
  };
}
