import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';

import { ApiError } from '../api/errors';
import { type FakeClient, fakeClient, renderWithApi } from '../testing/api';
import { DIFF_REFS } from '../testing/diffs';
import { useSuggestionBox } from './box';
import type { ISuggestOn } from './types';

const ON: ISuggestOn = {
  base_sha: DIFF_REFS.base_sha,
  head_sha: DIFF_REFS.head_sha,
  old_path: 'train.ipynb',
  new_path: 'train.ipynb',
  first: 11,
  last: 12
};

const FOUND = {
  lines: ['def area(r):', '    return 3'],
  cell_type: 'code',
  language: 'python',
  above: 1,
  position: { old_line: null, new_line: 12 },
  start: { old_line: null, new_line: 11 }
};

const BLOCK = '```suggestion:-1+0\ndef area(r):\n    return 3\n```';

function Box(props: {
  on?: ISuggestOn | null;
  initial?: string;
  busy?: boolean;
  onSend?: () => void;
}): React.JSX.Element {
  const [body, setBody] = React.useState(props.initial ?? '');
  const field = React.useRef<HTMLTextAreaElement>(null);
  const suggestion = useSuggestionBox({
    folder: 'clone',
    on: props.on === undefined ? ON : props.on,
    body,
    onChange: setBody,
    busy: props.busy ?? false,
    onSend: props.onSend ?? (() => undefined),
    field
  });
  return (
    <>
      <textarea
        ref={field}
        aria-label="Comment"
        value={suggestion.text}
        onChange={event => suggestion.setText(event.target.value)}
      />
      {suggestion.button}
      {suggestion.editor}
      <output>{body}</output>
    </>
  );
}

function server(): FakeClient {
  const client = fakeClient();
  client.get.mockResolvedValue(FOUND);
  return client;
}

const suggest = () =>
  userEvent.click(screen.getByRole('button', { name: 'Suggest a change' }));
const code = () => screen.findByRole('textbox', { name: 'Suggested code' });
const body = () => screen.getByRole('status').textContent;

describe('the suggestion in a comment box', () => {
  it('begins as a copy of the lines, which takes the focus', async () => {
    const client = server();
    renderWithApi(<Box />, { client });
    await userEvent.type(screen.getByLabelText('Comment'), 'Better:');
    await suggest();
    expect(await code()).toHaveValue('def area(r):\n    return 3');
    expect(await code()).toHaveFocus();
    expect(body()).toBe(`Better:\n\n${BLOCK}`);
    expect(screen.getByLabelText('Comment')).toHaveValue('Better:');
    expect(client.get).toHaveBeenCalledWith(
      '/suggestible-lines',
      expect.objectContaining({ query: { folder: 'clone', ...ON } })
    );
  });

  it('is written as it is edited, beside the text', async () => {
    renderWithApi(<Box />, { client: server() });
    await suggest();
    await userEvent.type(await code(), '.14');
    await userEvent.type(screen.getByLabelText('Comment'), 'Pi');
    expect(body()).toBe(
      'Pi\n\n```suggestion:-1+0\ndef area(r):\n    return 3.14\n```'
    );
    await userEvent.click(screen.getByRole('button', { name: 'Start over' }));
    expect(body()).toBe(`Pi\n\n${BLOCK}`);
  });

  it('can take the lines away', async () => {
    renderWithApi(<Box />, { client: server() });
    await suggest();
    await userEvent.clear(await code());
    expect(screen.getByText(/2 lines are taken away/)).toBeVisible();
    expect(body()).toBe('```suggestion:-1+0\n```');
  });

  it('is removed again', async () => {
    renderWithApi(<Box initial="Why?" />, { client: server() });
    await suggest();
    await code();
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove suggestion' })
    );
    expect(body()).toBe('Why?');
    expect(screen.getByLabelText('Comment')).toHaveFocus();
  });

  it('is there again with a text that was kept, and does not take the focus', async () => {
    renderWithApi(<Box initial={`Kept\n\n${BLOCK}`} />, { client: server() });
    expect(await code()).toHaveValue('def area(r):\n    return 3');
    expect(screen.getByLabelText('Comment')).toHaveValue('Kept');
    expect(document.body).toHaveFocus();
  });

  it('is sent by Ctrl+Enter, and left by Escape', async () => {
    const onSend = jest.fn();
    renderWithApi(<Box onSend={onSend} />, { client: server() });
    await suggest();
    await userEvent.type(await code(), '{Control>}{Enter}{/Control}');
    expect(onSend).toHaveBeenCalledTimes(1);
    expect(await code()).toHaveValue('def area(r):\n    return 3');
    await userEvent.keyboard('{Escape}');
    expect(screen.getByLabelText('Comment')).toHaveFocus();
    expect(await code()).toBeVisible();
  });

  it('can’t be changed while it is sent', () => {
    renderWithApi(<Box busy initial={BLOCK} />, { client: server() });
    expect(screen.getByLabelText('Suggested code')).toHaveAttribute('readonly');
    expect(
      screen.getByRole('button', { name: 'Remove suggestion' })
    ).toBeDisabled();
  });

  it('says why there can be none', async () => {
    const client = fakeClient();
    client.get.mockRejectedValueOnce(
      new ApiError(422, {
        code: 'suggestion_refused',
        message: 'These lines belong to several cells.',
        hint: 'Choose others.',
        details: {}
      })
    );
    renderWithApi(<Box initial="Text" />, { client });
    await suggest();
    expect(
      await screen.findByText('These lines belong to several cells.')
    ).toBeVisible();
    expect(body()).toBe('Text');
    client.get.mockResolvedValue(FOUND);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await code()).toBeVisible();
  });

  it('is not offered where nothing can be suggested', async () => {
    renderWithApi(<Box on={null} />);
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: /Suggest/ })).toBeNull()
    );
  });
});
