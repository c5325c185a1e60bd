import { describe, expect, it } from '@jest/globals';
import { contentSecurityPolicy } from './content-security.js';
import { cspHash, html } from './html.js';
import { landingPage } from './landing.page.js';
import { closedSetupPage, setupPage } from './setup.page.js';

const inlineOf = (page: string, element: string): string =>
  new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)?.[1] ?? 'missing';

describe('html', () => {
  it.each([
    ['<script>', '&lt;script&gt;'],
    [`"' &`, '&quot;&#39; &amp;'],
    ['向阳', '向阳'],
  ])('escapes %s', (text, escaped) => {
    expect(html`<p>${text}</p>`.text).toBe(`<p>${escaped}</p>`);
  });

  it('keeps inserted markup', () => {
    expect(html`<p>${[html`<b>${'<'}</b>`]}</p>`.text).toBe('<p><b>&lt;</b></p>');
  });
});

describe('the content security policy', () => {
  const landing = landingPage({ siteOrigin: 'http://localhost:3080', setUp: true, services: [] });

  it.each([
    ['/', landing, 'style'],
    ['/setup', setupPage(), 'style'],
    ['/setup', setupPage(), 'script'],
    ['/setup', closedSetupPage('bad_setup_link'), 'style'],
  ])('of %s lets its own inline part run (%#)', (path, page, element) => {
    expect(contentSecurityPolicy(path)).toContain(`${element}-src ${cspHash(inlineOf(page, element))}`);
  });

  it('lets nothing run on an API answer', () => {
    expect(contentSecurityPolicy('/api/v1/inbox')).not.toMatch(/(?:script|style)-src/);
  });
});
