import { STYLE_SOURCE } from './page-frame.page.js';
import { SETUP_SCRIPT_SOURCE } from './setup.page.js';

const CLOSED = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/** The content security policy of an address: nothing but what the page there is known to need. */
export function contentSecurityPolicy(path: string): string {
  if (path.startsWith('/api/docs')) {
    // Swagger's own page: its files come from here, its styles are partly inline.
    return `${CLOSED}; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'`;
  }
  if (path === '/') return `${CLOSED}; style-src ${STYLE_SOURCE}`;
  if (path === '/setup')
    return `${CLOSED}; style-src ${STYLE_SOURCE}; script-src ${SETUP_SCRIPT_SOURCE}; connect-src 'self'`;
  return CLOSED;
}
