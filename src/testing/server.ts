import { ServerConnection } from '@jupyterlab/services';

import { API_PREFIX, ApiClient } from '../api/client';

/** A request as the fake server saw it. */
export interface ISeen {
  verb: string;
  /** Below the API's prefix, as it was sent. */
  path: string;
  query: URLSearchParams;
  body: unknown;
  signal: AbortSignal;
  /** What the browser's cache may do about it. */
  cache: RequestCache | undefined;
}

/** What to answer: a body with status 200, or a whole answer. */
export type Answer = unknown | ((seen: ISeen) => unknown);

/** Says something else than 200 with JSON. */
export class Says {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly type = 'application/json'
  ) {}
}

/** An error as the server part writes it. */
export function refuse(
  status: number,
  code: string,
  message = 'It failed.',
  details: Record<string, unknown> = {}
): Says {
  return new Says(status, { code, message, hint: 'Do this.', details });
}

/**
 * As much of a Request as the client needs: Node's own refuses the AbortSignal of jest's browser environment.
 */
class FakeRequest {
  constructor(
    readonly url: string,
    init: RequestInit
  ) {
    this.method = init.method ?? 'GET';
    this.signal = init.signal as AbortSignal;
    this.cache = init.cache;
    this._body = typeof init.body === 'string' ? init.body : '';
  }

  readonly method: string;
  readonly signal: AbortSignal;
  readonly cache: RequestCache | undefined;
  readonly headers = new Headers();

  text(): Promise<string> {
    return Promise.resolve(this._body);
  }

  private _body: string;
}

/** A stand-in for the Jupyter server below the real client: "GET /changes" → answer. Remembers what was asked. */
export class FakeServer {
  constructor(private readonly _answers: Record<string, Answer> = {}) {}

  readonly seen: ISeen[] = [];

  /** Changes or adds an answer. */
  answer(operation: string, answer: Answer): void {
    this._answers[operation] = answer;
  }

  /** "GET /changes" and so on, in the order they came. */
  get operations(): string[] {
    return this.seen.map(({ verb, path }) => `${verb} ${path}`);
  }

  /** The requests to one operation. */
  to(operation: string): ISeen[] {
    return this.seen.filter(
      ({ verb, path }) => `${verb} ${path}` === operation
    );
  }

  client(): ApiClient {
    return new ApiClient(
      ServerConnection.makeSettings({
        baseUrl: 'http://jupyter.test/user/me/',
        Request: FakeRequest as unknown as typeof Request,
        fetch: request => this._fetch(request as unknown as FakeRequest)
      })
    );
  }

  private async _fetch(request: FakeRequest): Promise<Response> {
    const url = new URL(request.url);
    const [, path] = url.pathname.split(`/user/me/${API_PREFIX}`);
    const text = await request.text();
    const seen: ISeen = {
      verb: request.method,
      path,
      query: url.searchParams,
      body: text ? JSON.parse(text) : undefined,
      signal: request.signal,
      cache: request.cache
    };
    this.seen.push(seen);
    const answer = this._answers[`${seen.verb} ${path}`];
    if (answer === undefined) {
      return reply(new Says(404, '<html>no such page</html>', 'text/html'));
    }
    const said: unknown = await Promise.race([
      typeof answer === 'function' ? answer(seen) : answer,
      aborted(request.signal)
    ]);
    return reply(said instanceof Says ? said : new Says(200, said));
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new DOMException('', 'AbortError'));
    if (signal.aborted) {
      stop();
    }
    signal.addEventListener('abort', stop);
  });
}

function reply(says: Says): Response {
  const body =
    typeof says.body === 'string' ? says.body : JSON.stringify(says.body);
  return new Response(body, {
    status: says.status,
    headers: { 'Content-Type': says.type }
  });
}
