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

/** Stands in the console's pages where each answer has a nonce of its own. */
export const STYLE_NONCE = '__STYLE_NONCE__';

/**
 * The policy of a page of the console: its own files and the API of this origin, nothing inline. The desktop's components write
 * style sheets; those that carry the nonce of this answer apply. From the public site it reads what it proves.
 */
export function consolePolicy(page: 'app' | 'm', nonce: string, siteOrigin: string): string {
  const styles = page === 'app' ? `style-src 'self' 'nonce-${nonce}'` : "style-src 'self'";
  const reads = page === 'app' ? `'self' ${siteOrigin}` : "'self'";
  return `${CLOSED}; script-src 'self'; ${styles}; img-src 'self' data:; font-src 'self'; connect-src ${reads}`;
}

/** What pages of the console may ask of a device: to make and use passkeys, on this origin alone, and nothing else. */
export const CONSOLE_PERMISSIONS =
  'publickey-credentials-create=(self), publickey-credentials-get=(self), camera=(), geolocation=(), microphone=()';
