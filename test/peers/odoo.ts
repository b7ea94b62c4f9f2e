import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './cache.ts';
import { HOSTS } from './hosts.ts';
import { DATABASE_NAME, makeApiKey, odooClient, signInToOdoo } from './odoo-client.ts';
import { dataVersion, fillOdoo, MODULES, SELLER } from './odoo-data.ts';
import { type OdooPackage, odooPackage } from './odoo-package.ts';
import { installPackages } from './packages.ts';
import { initPostgres, POSTGRES_PACKAGES, postgresVersion, startPostgres } from './postgres.ts';
import { freePorts, ready, run, serves, start } from './processes.ts';
import { workFolder } from './work-folder.ts';

const PYTHON_PACKAGES =
  'asn1crypto babel cbor2 chardet cryptography dateutil docutils freezegun geoip2 gevent greenlet idna jinja2 ' +
  'libsass lxml magic markupsafe num2words ofxparse openpyxl openssl passlib phonenumbers pil polib psutil ' +
  'psycopg2 pypdf qrcode reportlab requests rjsmin serial stdnum tz urllib3 usb vobject werkzeug xlrd ' +
  'xlsxwriter xlwt zeep';
const PACKAGES = [
  ...POSTGRES_PACKAGES,
  ...PYTHON_PACKAGES.split(' ').map((name) => `python3-${name}`),
  ...['libjs-jquery', 'libjs-jquery-form', 'libjs-underscore'],
];
/** Debian's own: the modules it installs are compiled for it. */
const PYTHON = '/usr/bin/python3';
const DATABASE = { user: 'odoo', password: 'odoo' };

export interface Odoo {
  /** As the browser gets there: a host of its own, so that no other peer shares its permissions. */
  url: string;
  /** Its host and port, by which the hub tells this installation from others. */
  tenant: string;
  /** Of this machine, for its API. */
  port: number;
  /** Of its administrator, for the hub. */
  apiKey: string;
}

/**
 * Starts Odoo over a copy of the database that the first run has made, since that takes minutes. Throws where it
 * cannot be had.
 */
export async function startOdoo(say: (line: string) => void): Promise<Odoo & { stop: () => Promise<void> }> {
  const [odoo] = await Promise.all([odooPackage(say), installPackages(PACKAGES)]);
  const name = `odoo-data-${odoo.version}-pg${await postgresVersion()}-${dataVersion}`;
  const template = await cached(name, (draft) => {
    say('Making a database with Odoo’s demo data; only the first run does …');
    return makeTemplate(odoo, draft);
  });
  const folder = await workFolder('odoo');
  await copy(template, folder);
  const server = await serve(odoo, folder, 'there');
  const host = `${HOSTS.odoo}:${server.port}`;
  return {
    url: `http://${host}`,
    tenant: host,
    port: server.port,
    apiKey: await makeApiKey(server.port, SELLER.email),
    stop: server.stop,
  };
}

async function makeTemplate(odoo: OdooPackage, template: string): Promise<void> {
  // Not made in place: PostgreSQL's user must get there, and homes are closed to it.
  const folder = await workFolder('odoo-data');
  await mkdir(join(folder, 'data'));
  await initPostgres(folder, DATABASE);
  const server = await serve(odoo, folder, 'new');
  try {
    await fillOdoo(odooClient(server.port));
    await buildAssets(server.port);
  } finally {
    await server.stop();
  }
  await copy(folder, template);
}

/** Starts Odoo on a folder's database, making it first where it is new. */
async function serve(odoo: OdooPackage, folder: string, database: 'new' | 'there') {
  const [databasePort = 0, port = 0, otherPort = 0] = await freePorts(3);
  const running = [await startPostgres(folder, databasePort)];
  const stop = async () => {
    for (const program of running.toReversed()) await program.stop();
  };
  await writeFile(join(folder, 'odoo.conf'), config(odoo, folder, { databasePort, port, otherPort }));
  const command = ['-c', 'import odoo.cli; odoo.cli.main()', 'server', '-c', join(folder, 'odoo.conf')];
  const environment = { PYTHONPATH: odoo.python };
  try {
    if (database === 'new') {
      const install = ['-i', MODULES, '--with-demo', '--no-http', '--stop-after-init'];
      await run(PYTHON, [...command, ...install], environment);
    }
    const server = start(PYTHON, command, environment);
    running.push(server);
    await ready('Odoo', server, () => serves(`http://127.0.0.1:${port}/web/login`, 'name="login"'));
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

/** Has Odoo bundle its client's scripts and styles, which it does at the first request and then keeps. */
async function buildAssets(port: number): Promise<void> {
  const base = `http://127.0.0.1:${port}`;
  const cookie = await signInToOdoo(port, SELLER.email);
  // The page for signing in has bundles of its own: two browsers that asked for them first at once got a dead one.
  for (const [path, headers] of [
    ['/web/login', {}],
    ['/odoo', { cookie }],
  ] as const) {
    const page = await (await fetch(`${base}${path}`, { headers })).text();
    const assets = [...page.matchAll(/(?:src|href)="(\/web\/assets\/[^"]+)"/gu)].map(
      ([, asset]) => asset ?? '',
    );
    if (assets.length === 0) throw new Error(`Odoo’s ${path} names no scripts.`);
    for (const asset of assets) await (await fetch(`${base}${asset}`, { headers })).arrayBuffer();
  }
}

const copy = (from: string, to: string) =>
  run('cp', ['-a', '--reflink=auto', join(from, 'cluster'), join(from, 'data'), to]);

interface Ports {
  databasePort: number;
  port: number;
  otherPort: number;
}

const config = (odoo: OdooPackage, folder: string, { databasePort, port, otherPort }: Ports) => `[options]
db_host = 127.0.0.1
db_port = ${databasePort}
db_user = ${DATABASE.user}
db_password = ${DATABASE.password}
db_name = ${DATABASE_NAME}
list_db = False
http_interface = 127.0.0.1
http_port = ${port}
gevent_port = ${otherPort}
data_dir = ${folder}/data
addons_path = ${odoo.python}/odoo/addons
max_cron_threads = 0
workers = 0
log_level = warn
`;
