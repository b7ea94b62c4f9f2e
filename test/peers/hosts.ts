/** As the browser calls this machine, so that no peer shares another's permissions. */
export const HOSTS = { odoo: 'odoo.localhost', roundcube: 'mail.localhost' } as const;
