import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { type ISignal, Signal } from '@lumino/signaling';

import type { components, paths } from './contract';
import { ApiError, type IErrorReply } from './errors';

/** The named types of the contract: `Schemas['MergeRequest']` and so on. */
export type Schemas = components['schemas'];

type Verb = 'get' | 'post' | 'put' | 'delete';

/** The paths that have this verb. */
export type PathsWith<V extends Verb> = {
  [P in keyof paths]: paths[P][V] extends object ? P : never;
}[keyof paths];

type Operation<P extends keyof paths, V extends Verb> = NonNullable<
  paths[P][V]
>;

type Content<T> = T extends { content: { 'application/json': infer J } }
  ? J
  : T extends { content: { 'application/octet-stream': unknown } }
    ? Blob
    : never;

/** What an operation answers when it succeeds; files' bytes come as a Blob. */
export type Reply<P extends keyof paths, V extends Verb> =
  Operation<P, V> extends { responses: infer R }
    ? Content<R[keyof R & (200 | 201)]>
    : never;

type Part<T, K extends string> = T extends { [key in K]: infer Q }
  ? Q
  : undefined;
type Query<P extends keyof paths, V extends Verb> =
  Operation<P, V> extends { parameters: infer R }
    ? R extends { query?: infer Q }
      ? NonNullable<Q>
      : never
    : never;
type PathValues<P extends keyof paths, V extends Verb> =
  Operation<P, V> extends { parameters: infer R } ? Part<R, 'path'> : never;
type JsonBody<P extends keyof paths, V extends Verb> =
  Operation<P, V> extends { requestBody: infer B }
    ? B extends { content: { 'application/json': infer J } }
      ? J
      : B extends { content: { 'application/octet-stream': unknown } }
        ? Blob
        : never
    : never;

/** What a request needs, as the contract says; `path` and `body` only where the operation has them. */
export type RequestOptions<P extends keyof paths, V extends Verb> = {
  query?: Query<P, V>;
  signal?: AbortSignal;
  /** Milliseconds until the request is given up; default {@link DEFAULT_TIMEOUT}. */
  timeout?: number;
} & ([PathValues<P, V>] extends [object]
  ? { path: PathValues<P, V> }
  : { path?: undefined }) &
  ([JsonBody<P, V>] extends [never]
    ? { body?: undefined }
    : { body: JsonBody<P, V> });

/** Where the routes live on the Jupyter server. */
export const API_PREFIX = 'gitlab/api/v1';

/** Milliseconds; reading from GitLab has its own, shorter limit in the server part. */
export const DEFAULT_TIMEOUT = 60_000;

/** Milliseconds for what moves data or runs hooks: fetch, pull, push, commit, first diff. */
export const LONG_TIMEOUT = 600_000;

/** First parts of the paths whose answers come from GitLab, so that they tell whether it can be reached. */
const REMOTE_PATHS =
  /^\/(projects|members|labels|merge-request|inbox|uploads|fetches|pulls|pushes)/;

/**
 * Paths whose replies say themselves how long they are good: those about git objects for ever. All others are asked for
 * past the browser's cache.
 */
const KEPT_PATHS: readonly string[] = ['/outputs', '/blobs'];

/** Whether GitLab can be reached, as the last answers told. */
export interface IConnection {
  /** When the first of the failing requests was made; null while GitLab answers. */
  offlineSince: Date | null;
}

/**
 * The one way to the server part: typed by path and verb, throwing {@link ApiError}.
 *
 * A request that is aborted through `signal` throws a DOMException named `AbortError`.
 */
export class ApiClient {
  constructor(settings?: ServerConnection.ISettings) {
    this._settings = settings ?? ServerConnection.makeSettings();
  }

  /** Emitted when GitLab stops or starts to answer. */
  get connectionChanged(): ISignal<this, IConnection> {
    return this._connectionChanged;
  }

  get connection(): IConnection {
    return this._connection;
  }

  get<P extends PathsWith<'get'>>(
    path: P,
    options: RequestOptions<P, 'get'>
  ): Promise<Reply<P, 'get'>> {
    return this._request('get', path, options);
  }

  post<P extends PathsWith<'post'>>(
    path: P,
    options: RequestOptions<P, 'post'>
  ): Promise<Reply<P, 'post'>> {
    return this._request('post', path, options);
  }

  put<P extends PathsWith<'put'>>(
    path: P,
    options: RequestOptions<P, 'put'>
  ): Promise<Reply<P, 'put'>> {
    return this._request('put', path, options);
  }

  delete<P extends PathsWith<'delete'>>(
    path: P,
    options: RequestOptions<P, 'delete'>
  ): Promise<Reply<P, 'delete'>> {
    return this._request('delete', path, options);
  }

  private async _request<T>(
    verb: Verb,
    path: string,
    options: IPlainOptions
  ): Promise<T> {
    const limit = new AbortController();
    const onAbort = () => limit.abort(options.signal?.reason);
    if (options.signal?.aborted) {
      onAbort();
    }
    options.signal?.addEventListener('abort', onAbort);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      limit.abort();
    }, options.timeout ?? DEFAULT_TIMEOUT);
    try {
      const response = await ServerConnection.makeRequest(
        requestUrl(this._settings.baseUrl, path, options),
        {
          method: verb.toUpperCase(),
          signal: limit.signal,
          ...(KEPT_PATHS.includes(path) ? { cache: 'default' } : {}),
          ...(options.body === undefined
            ? {}
            : options.body instanceof Blob
              ? {
                  body: options.body,
                  headers: { 'Content-Type': 'application/octet-stream' }
                }
              : { body: JSON.stringify(options.body) })
        },
        this._settings
      );
      if (!response.ok) {
        throw await readError(response);
      }
      const type = response.headers.get('Content-Type') ?? '';
      const reply: unknown = type.startsWith('application/json')
        ? await response.json()
        : await response.blob();
      if (REMOTE_PATHS.test(path)) {
        this._setReachable(true);
      }
      return reply as T;
    } catch (error) {
      if (options.signal?.aborted) {
        throw new DOMException('The request was cancelled.', 'AbortError');
      }
      const failure = timedOut
        ? new ApiError(0, { code: 'client_timeout', message: '', hint: '' })
        : asApiError(error);
      if (failure.isUnreachable) {
        this._setReachable(false);
      }
      throw failure;
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  private _setReachable(reachable: boolean): void {
    if (reachable === (this._connection.offlineSince === null)) {
      return;
    }
    this._connection = { offlineSince: reachable ? null : new Date() };
    this._connectionChanged.emit(this._connection);
  }

  private _settings: ServerConnection.ISettings;
  private _connection: IConnection = { offlineSince: null };
  private _connectionChanged = new Signal<this, IConnection>(this);
}

interface IPlainOptions {
  query?: object;
  path?: object;
  body?: unknown;
  signal?: AbortSignal;
  timeout?: number;
}

function requestUrl(
  baseUrl: string,
  path: string,
  options: IPlainOptions
): string {
  const values = (options.path ?? {}) as Record<string, string | number>;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name]))
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== null) {
      query.set(name, String(value));
    }
  }
  const search = query.toString();
  return (
    URLExt.join(baseUrl, API_PREFIX, filled) + (search ? `?${search}` : '')
  );
}

async function readError(response: Response): Promise<ApiError> {
  const text = await response.text();
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = null;
  }
  if (isErrorReply(data)) {
    return new ApiError(response.status, data);
  }
  if (response.status === 404) {
    return new ApiError(404, {
      code: 'server_part_missing',
      message: '',
      hint: ''
    });
  }
  // Anything else was not written by our server part: a proxy, the login page, Jupyter itself.
  const message =
    typeof data === 'object' && data !== null && 'message' in data
      ? String(data.message)
      : '';
  return new ApiError(response.status, {
    code: 'unexpected_answer',
    message,
    hint: '',
    details: { answer: text.slice(0, 2000) }
  });
}

function isErrorReply(data: unknown): data is IErrorReply {
  return (
    typeof data === 'object' &&
    data !== null &&
    typeof (data as IErrorReply).code === 'string' &&
    typeof (data as IErrorReply).message === 'string'
  );
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  if (error instanceof ServerConnection.NetworkError) {
    return new ApiError(0, {
      code: 'server_unreachable',
      message: '',
      hint: ''
    });
  }
  return new ApiError(0, {
    code: 'unexpected_answer',
    message: error instanceof Error ? error.message : String(error),
    hint: ''
  });
}
