import type { TranslationBundle } from '@jupyterlab/translation';

import { ApiError, type ErrorCode } from './errors';

/** An error in words: what happened, what to do, and what to fold away. */
export interface IDescribedError {
  message: string;
  hint: string;
  details: string;
}

/** Puts any failure into words. The server part's own words are kept; those of the browser side are given here. */
export function describeError(
  error: unknown,
  trans: TranslationBundle
): IDescribedError {
  if (!(error instanceof ApiError)) {
    return {
      message: error instanceof Error ? error.message : String(error),
      hint: '',
      details: ''
    };
  }
  const own = ownWords(error.code, trans);
  return {
    message:
      error.reason ||
      own?.message ||
      trans.__('Something went wrong (%1).', error.code),
    hint: error.hint || own?.hint || '',
    details: detailsText(error)
  };
}

function ownWords(
  code: ErrorCode,
  trans: TranslationBundle
): { message: string; hint: string } | null {
  switch (code) {
    case 'server_unreachable':
      return {
        message: trans.__('The Jupyter server does not answer.'),
        hint: trans.__('Check that it is still running, then try again.')
      };
    case 'server_part_missing':
      return {
        message: trans.__(
          'The Jupyter server does not know the GitLab extension.'
        ),
        hint: trans.__(
          'Run "jupyter server extension enable jupyterlab_gitlab" and restart the server.'
        )
      };
    case 'client_timeout':
      return {
        message: trans.__('The Jupyter server took too long to answer.'),
        hint: trans.__('Try again; the work may still be going on there.')
      };
    case 'unexpected_answer':
      return {
        message: trans.__('The server gave an answer that was not understood.'),
        hint: trans.__(
          'Reload the page. If a proxy stands in between, it may ask you to sign in again.'
        )
      };
    default:
      return null;
  }
}

/** Git's own output first, as it was printed; then whatever else came along. */
function detailsText(error: ApiError): string {
  const { output, ...rest } = error.details;
  const parts: string[] = [];
  if (typeof output === 'string' && output.trim()) {
    parts.push(output.trim());
  }
  if (Object.keys(rest).length > 0) {
    parts.push(JSON.stringify(rest, null, 2));
  }
  return parts.join('\n\n');
}
