/** The services in the order they are listed to people; each has a schema, a role, a queue and a key of that name. */
export const SERVICES = ['gateway', 'drafting', 'review', 'approval', 'publication', 'ledger'];

/** The login role of a service. */
export const roleOf = (service) => `sunward_${service}`;

/** The address of `databaseUrl` for another role. */
export function urlFor(databaseUrl, user, password) {
  const url = new URL(databaseUrl);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return url.href;
}
