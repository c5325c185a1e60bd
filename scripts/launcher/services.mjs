/** The services in the order they are listed to people; each has a schema, a role, a queue and a key of that name. */
export const SERVICES = ['gateway', 'drafting', 'review', 'approval', 'publication', 'ledger'];

/** Who logs in beside the services: the processes that answer readers of the public site. */
export const SITE = 'site';

/** Whoever has a login role and its password. */
export const LOGINS = [...SERVICES, SITE];

/** The role somebody logs in with. */
export const roleOf = (login) => `sunward_${login}`;

/** The address of `databaseUrl` for another role. */
export function urlFor(databaseUrl, user, password) {
  const url = new URL(databaseUrl);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return url.href;
}
