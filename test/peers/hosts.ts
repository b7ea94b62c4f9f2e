/**
 * As the browser calls this machine, so that no peer shares another's permissions. Odoo's is one that the hub, too, can
 * look up: to a page of `odoo.localhost` belongs a source of that name, which only browsers know.
 */
export const HOSTS = { odoo: 'localhost', roundcube: 'mail.localhost' } as const;
