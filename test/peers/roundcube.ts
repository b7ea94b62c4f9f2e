import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alex } from '../../demo/sample-gmail/mails.ts';
import { HOSTS } from './hosts.ts';
import { writeMaildir } from './mailbox.ts';
import { installPackages } from './packages.ts';
import { freePorts, ready, run, serves, start } from './processes.ts';
import { workFolder } from './work-folder.ts';

const PACKAGES = [
  'dovecot-imapd',
  'php-cli',
  'php-intl',
  'php-mbstring',
  'php-sqlite3',
  'php-xml',
  'php-zip',
  'roundcube-core',
  'roundcube-sqlite3',
  'sqlite3',
];
/** Of nothing but a mailbox that lives as long as a test run. */
const PASSWORD = 'tandem';

/** Roundcube keeps the language in which somebody signed in first, so each language has a mailbox. */
const LOGINS = { en: alex.email, de: 'winter@nordlicht.example' } as const;

export interface Roundcube {
  /** As the browser gets there. */
  url: string;
  logins: Record<'en' | 'de', string>;
  password: string;
}

/** Starts Debian's Roundcube over a mailbox of the sample's rep. Throws where it cannot be had. */
export async function startRoundcube(): Promise<Roundcube & { stop: () => Promise<void> }> {
  await installPackages(PACKAGES);
  const folder = await workFolder('roundcube');
  const [imapPort = 0, webPort = 0] = await freePorts(2);
  for (const login of Object.values(LOGINS)) await writeMaildir(join(folder, 'mail', login));
  await writeFile(join(folder, 'dovecot.conf'), dovecotConfig(folder, imapPort));
  await run('chown', ['-R', 'mail:mail', join(folder, 'mail')]);
  const dovecot = start('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')]);

  for (const part of ['logs', 'temp']) await mkdir(join(folder, part));
  const database = join(folder, 'roundcube.sqlite');
  await run('sqlite3', [database, '.read /usr/share/roundcube/SQL/sqlite.initial.sql']);
  // Looked for beside the configuration.
  for (const file of ['defaults.inc.php', 'mimetypes.php']) {
    await symlink(join('/etc/roundcube', file), join(folder, file));
  }
  await writeFile(join(folder, 'config.inc.php'), roundcubeConfig(folder, database, imapPort));
  const url = `http://127.0.0.1:${webPort}`;
  const php = start('php', ['-S', new URL(url).host, '-t', '/var/lib/roundcube/public_html'], {
    ROUNDCUBE_CONFIG_DIR: folder,
    // It serves one request at a time otherwise, and each page makes several.
    PHP_CLI_SERVER_WORKERS: '4',
  });
  const stop = async () => {
    await Promise.all([dovecot.stop(), php.stop()]);
  };
  try {
    await ready('Roundcube', php, () => serves(url, 'rcmloginuser'));
    if (!dovecot.alive()) throw new Error(`Dovecot ended:\n${dovecot.said()}`);
    // A page makes two requests at once; while the first of a mailbox reads it in, the other one would see it empty.
    for (const login of Object.values(LOGINS))
      await run('doveadm', ['-c', join(folder, 'dovecot.conf'), 'index', '-u', login, 'INBOX']);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://${HOSTS.roundcube}:${webPort}`, logins: LOGINS, password: PASSWORD, stop };
}

const dovecotConfig = (folder: string, port: number) => `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = /dev/stderr
ssl = no
disable_plaintext_auth = no
first_valid_uid = 0
mail_location = maildir:${folder}/mail/%u
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
  }
  mailbox Drafts {
    auto = create
    special_use = \\Drafts
  }
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=mail gid=mail
}
`;

const roundcubeConfig = (folder: string, database: string, imapPort: number) => `<?php
$config['db_dsnw'] = 'sqlite:///${database}?mode=0600';
$config['imap_host'] = '127.0.0.1:${imapPort}';
$config['des_key'] = 'tandem-peers-tests-only!';
$config['skin'] = 'elastic';
$config['log_dir'] = '${folder}/logs/';
$config['temp_dir'] = '${folder}/temp/';
$config['plugins'] = [];
$config['enable_spellcheck'] = false;
$config['session_lifetime'] = 120;
`;
