import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

import { API_PREFIX } from '../api/client';

/** Elements that would load something from elsewhere as soon as they are made. */
const MEDIA = 'img, video, audio, source, track, input[src]';

/** Elements that would run a command of JupyterLab when pressed; some versions let them pass. */
const COMMANDS = '[data-commandlinker-command], [data-commandlinker-args]';

/** An address with a scheme, and the schemes that lead to nothing but pages and letters. */
const SCHEME = /^\s*[a-z][a-z0-9+.-]*:/i;
const HARMLESS = /^\s*(?:https?|mailto):/i;

/** CSS functions that load something. */
const LOADING = /(?:url|src|image|image-set|cross-fade|element)\(/i;

/**
 * JupyterLab's sanitiser, and nothing is loaded from elsewhere: a remote picture becomes a link to it, since fetching
 * it would tell its owner who reads what and when. Links open in a new tab that knows nothing of this one.
 */
class OfflineSanitizer implements IRenderMime.ISanitizer {
  constructor(
    private _sanitizer: IRenderMime.ISanitizer,
    private _home: ITextHome | null
  ) {}

  readonly allowNamedProperties = false;

  getAutolink(): boolean {
    return this._sanitizer.getAutolink?.() ?? true;
  }

  sanitize(dirty: string, options?: IRenderMime.ISanitizerOptions): string {
    const clean = this._sanitizer.sanitize(dirty, options);
    if (!clean.includes('<')) {
      return clean;
    }
    // A document made by DOMParser is inert: it loads nothing and runs nothing.
    const { body } = new DOMParser().parseFromString(clean, 'text/html');
    body
      .querySelectorAll<HTMLElement>('[style]')
      .forEach(element => dropUrls(element.style));
    body.querySelectorAll(COMMANDS).forEach(element => {
      element.removeAttribute('data-commandlinker-command');
      element.removeAttribute('data-commandlinker-args');
    });
    body.querySelectorAll(MEDIA).forEach(element => this._media(element));
    body.querySelectorAll('a[href]').forEach(anchor => this._anchor(anchor));
    const html = body.outerHTML;
    return html.slice(html.indexOf('>') + 1, html.lastIndexOf('</'));
  }

  private _media(element: Element): void {
    element.removeAttribute('srcset');
    element.removeAttribute('poster');
    const source = element.getAttribute('src');
    if (source === null || /^data:image\//i.test(source)) {
      return;
    }
    const upload = /^\/uploads\/([0-9a-f]{10,64})\/([^/?#]+)$/.exec(source);
    if (upload && this._home && element.tagName === 'IMG') {
      element.setAttribute('src', uploadUrl(this._home.folder, upload));
      return;
    }
    const link = element.ownerDocument.createElement('a');
    link.setAttribute('href', source);
    link.textContent = element.getAttribute('alt') || source;
    element.replaceWith(link);
  }

  private _anchor(anchor: Element): void {
    const href = anchor.getAttribute('href') ?? '';
    if (href.startsWith('#')) {
      return;
    }
    if (SCHEME.test(href) && !HARMLESS.test(href)) {
      anchor.removeAttribute('href');
      return;
    }
    if (this._home?.projectUrl) {
      anchor.setAttribute('href', absolute(href, this._home.projectUrl));
    }
    anchor.setAttribute('target', '_blank');
    anchor.setAttribute('rel', 'noopener noreferrer');
  }
}

/** Removes the declarations that would load something; CSSOM has undone any escapes. */
function dropUrls(style: CSSStyleDeclaration): void {
  for (const name of Array.from(style)) {
    if (LOADING.test(style.getPropertyValue(name))) {
      style.removeProperty(name);
    }
  }
}

/** Where the server part gives the bytes of a picture that GitLab keeps for the project. */
function uploadUrl(folder: string, [, secret, name]: string[]): string {
  return (
    URLExt.join(
      PageConfig.getBaseUrl(),
      API_PREFIX,
      'uploads',
      secret,
      encodeURIComponent(decoded(name))
    ) + URLExt.objectToQueryString({ folder })
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** GitLab writes `/uploads/…` for what was attached to a text of the project. */
function absolute(href: string, projectUrl: string): string {
  try {
    return href.startsWith('/uploads/')
      ? projectUrl + href
      : new URL(href, `${projectUrl}/`).href;
  } catch {
    return href;
  }
}

/** The project that a text belongs to. */
export interface ITextHome {
  /** Its address on GitLab, which relative links are relative to; null: they stay as they are. */
  projectUrl: string | null;
  /** Addresses its repository: pictures that were put into comments are read through it. */
  folder: string;
}

/** A registry for content that others wrote. */
export function safeRendermime(
  rendermime: IRenderMimeRegistry,
  home: ITextHome | null = null
): IRenderMimeRegistry {
  return rendermime.clone({
    sanitizer: new OfflineSanitizer(rendermime.sanitizer, home)
  });
}
