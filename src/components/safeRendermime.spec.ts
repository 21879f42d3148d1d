import { Sanitizer } from '@jupyterlab/apputils';
import { RenderMimeRegistry } from '@jupyterlab/rendermime';

import { safeRendermime } from './safeRendermime';

function sanitized(html: string, projectUrl: string | null = null): Element {
  const registry = safeRendermime(
    new RenderMimeRegistry({ sanitizer: new Sanitizer() }),
    projectUrl === null ? null : { projectUrl, folder: 'a b' }
  );
  const template = new DOMParser().parseFromString(
    registry.sanitizer.sanitize(html),
    'text/html'
  );
  return template.body;
}

describe('safeRendermime', () => {
  it('shows a remote picture as a link to it', () => {
    const body = sanitized('<img src="https://evil.example/x.png" alt="plot">');
    expect(body.querySelector('img')).toBeNull();
    expect(body.querySelector('a')?.getAttribute('href')).toBe(
      'https://evil.example/x.png'
    );
    expect(body.textContent).toBe('plot');
  });

  it('keeps pictures that carry their own data', () => {
    const body = sanitized('<img src="data:image/png;base64,AAAA">');
    expect(body.querySelector('img')).not.toBeNull();
  });

  it('lets no element load anything', () => {
    const body = sanitized(
      '<video src="https://e.example/v"></video>' +
        '<img srcset="https://e.example/1x.png 1x" src="data:image/png;base64,AA">' +
        '<audio><source src="https://e.example/a"></audio>' +
        '<iframe src="https://e.example"></iframe>' +
        '<p style="background: url(https://e.example/b); color: red">x</p>' +
        '<p style="background-image: u\\72l(https://e.example/c)">x</p>'
    );
    for (const element of body.querySelectorAll('*')) {
      expect(element.getAttribute('src') ?? 'data:').toMatch(/^data:/);
      expect(element.hasAttribute('srcset')).toBe(false);
      expect(element.getAttribute('style') ?? '').not.toContain('url(');
    }
  });

  it('opens links in a new tab that knows nothing of this one', () => {
    const link = sanitized('<a href="https://a.example">a</a>').querySelector(
      'a'
    );
    expect(link?.getAttribute('target')).toBe('_blank');
    expect(link?.getAttribute('rel')).toContain('noopener');
  });

  it('takes relative links as GitLab does', () => {
    const base = 'https://gitlab.example/g/p';
    const href = (html: string) =>
      sanitized(html, base).querySelector('a')?.getAttribute('href');
    expect(href('<img src="/uploads/1/a.png">')).toBe(
      `${base}/uploads/1/a.png`
    );
    expect(href('<a href="/other/-/issues/1">x</a>')).toBe(
      'https://gitlab.example/other/-/issues/1'
    );
    expect(href('<a href="#top">x</a>')).toBe('#top');
  });

  it('shows pictures that GitLab keeps, through the server part', () => {
    const secret = '0123456789abcdef0123456789abcdef';
    const src = (html: string) =>
      sanitized(html, 'https://gitlab.example/g/p')
        .querySelector('img')
        ?.getAttribute('src');
    expect(src(`<img src="/uploads/${secret}/a%20b.png">`)).toMatch(
      new RegExp(`/gitlab/api/v1/uploads/${secret}/a%20b\\.png\\?folder=a%20b$`)
    );
    expect(src(`<img src="/uploads/${secret}/../../x.png">`)).toBeUndefined();
    expect(src(`<img src="/uploads/../x/a.png">`)).toBeUndefined();
  });

  it('makes links only to pages and letters', () => {
    const hasAddress = (href: string) =>
      sanitized(`<a href="${href}">x</a>`)
        .querySelector('a')
        ?.hasAttribute('href');
    expect(hasAddress('https://a.example')).toBe(true);
    expect(hasAddress('mailto:a@b.example')).toBe(true);
    expect(hasAddress('docs/a.md')).toBe(true);
    expect(hasAddress('data:text/html,x')).toBe(false);
    expect(hasAddress(' file:///etc/passwd')).toBe(false);
  });

  it('lets no button run a command', () => {
    const button = sanitized(
      '<button data-commandlinker-command="filebrowser:delete" data-commandlinker-args="{}">ok</button>'
    ).querySelector('button');
    expect(button?.getAttributeNames()).toEqual([]);
  });

  it('removes scripts and handlers as JupyterLab does', () => {
    const body = sanitized(
      '<script>alert(1)</script><b onclick="alert(1)">b</b>'
    );
    expect(body.querySelector('script')).toBeNull();
    expect(body.querySelector('b')?.hasAttribute('onclick')).toBe(false);
  });
});
