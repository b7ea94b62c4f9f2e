import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createMailer } from '../../../server/mailer.ts';

/** A mail server, a mailer that sends by it, and what arrived. */
export async function startMailServer() {
  const mails: ParsedMail[] = [];
  const waiting: (() => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      void simpleParser(stream).then((mail) => {
        mails.push(mail);
        for (const wake of waiting.splice(0)) wake();
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    mailer: createMailer({
      TANDEM_SMTP_URL: `smtp://127.0.0.1:${port}`,
      TANDEM_MAIL_FROM: 'Tandem <tandem@kontor.example>',
    }),
    mails,
    /** The mail that arrives as the `number`th. */
    async arrived(number: number): Promise<ParsedMail> {
      while (mails.length < number) await new Promise<void>((resolve) => waiting.push(resolve));
      return mails[number - 1]!;
    },
    stop: () => void server.close(),
  };
}
