import { QueryClient } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { ApiError, type ErrorCode } from '../api/errors';
import { keys } from '../api/keys';
import { type FakeClient, fakeClient, OF, renderWithApi } from '../testing/api';
import { discussion, note } from '../testing/mergeRequests';
import { CommentBox } from './commentBox';
import { Drafts, type DraftTarget } from './drafts';
import type { Discussion } from './types';

const GENERAL: DraftTarget = { kind: 'general' };

function box(target: DraftTarget = GENERAL) {
  return (
    <CommentBox
      target={target}
      label="Say something"
      placeholder="…"
      sendLabel="Comment"
    />
  );
}

function failure(status: number, code: ErrorCode) {
  return new ApiError(status, { code, message: `It was ${code}.`, hint: '' });
}

const REPLY: DraftTarget = { kind: 'reply', discussionId: 'late' };
const NEWEST = 77;

/** What the page has read: one thread. */
function knowing(thread: Discussion): QueryClient {
  const cache = new QueryClient();
  const [first] = thread.notes;
  cache.setQueryData(keys.discussions(OF.folder, OF.iid), {
    discussions: [{ ...thread, notes: [{ ...first, id: NEWEST }] }]
  });
  return cache;
}

function lastDelivery(client: FakeClient): unknown {
  const [, options] = client.post.mock.lastCall as [
    string,
    { body: { delivery: unknown } }
  ];
  return options.body.delivery;
}

const field = () => screen.getByRole('textbox', { name: 'Say something' });
const sendButton = () => screen.getByRole('button', { name: /Comment|Check/ });

async function typeAndSend(text: string): Promise<void> {
  await userEvent.type(field(), text);
  await userEvent.click(sendButton());
}

beforeEach(() => window.localStorage.clear());

describe('a comment box', () => {
  it('sends what was typed and forgets it then', async () => {
    const client = fakeClient();
    client.post.mockResolvedValue(discussion('new'));
    renderWithApi(box(), { client });
    await typeAndSend('Good work');
    await waitFor(() => expect(field()).toHaveValue(''));
    expect(client.post).toHaveBeenCalledWith(
      '/merge-requests/{iid}/discussions',
      expect.objectContaining({
        path: { iid: 42 },
        query: { folder: 'clone' },
        body: { body: 'Good work' }
      })
    );
    expect(window.localStorage).toHaveLength(0);
  });

  it('has the text again after a reload', async () => {
    const first = renderWithApi(box());
    await userEvent.type(field(), 'Half a thought');
    first.unmount();
    renderWithApi(box(), { drafts: new Drafts(OF) });
    expect(field()).toHaveValue('Half a thought');
  });

  it('keeps the text and says why when GitLab refuses', async () => {
    const client = fakeClient();
    client.post.mockRejectedValue(failure(422, 'position_refused'));
    renderWithApi(box(), { client });
    await typeAndSend('On this line');
    expect(await screen.findByText('It was position_refused.')).toBeVisible();
    expect(field()).toHaveValue('On this line');
    expect(client.get).not.toHaveBeenCalled();
    client.post.mockResolvedValue(discussion('new'));
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(field()).toHaveValue(''));
  });

  it('does not send twice what is being sent', async () => {
    const client = fakeClient();
    renderWithApi(
      <>
        {box()}
        {box()}
      </>,
      { client }
    );
    const [one, other] = screen.getAllByRole('textbox');
    await userEvent.type(one, 'Once');
    await userEvent.type(other, 'Once');
    await userEvent.keyboard('{Control>}{Enter}{Enter}{/Control}');
    await userEvent.click(one);
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(client.post).toHaveBeenCalledTimes(1);
  });

  it('says with another try what was tried, also when the text has changed', async () => {
    const client = fakeClient();
    client.post.mockRejectedValue(failure(504, 'gitlab_timeout'));
    renderWithApi(box(REPLY), { client, cache: knowing(discussion('late')) });
    await typeAndSend('Late');
    expect(await screen.findByText(/It is not known yet/)).toBeVisible();
    expect(lastDelivery(client)).toEqual({ known: NEWEST, tried: [] });
    await userEvent.type(field(), 'r');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(lastDelivery(client)).toEqual({ known: NEWEST, tried: ['Late'] });
    client.post.mockResolvedValue(note('Later'));
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(field()).toHaveValue(''));
    const tried = ['Late', 'Later'];
    expect(lastDelivery(client)).toEqual({ known: NEWEST, tried });
    expect(window.localStorage).toHaveLength(0);
  });

  it('knows after a reload that the text was being sent', async () => {
    const client = fakeClient();
    const cache = knowing(discussion('late'));
    const first = renderWithApi(box(REPLY), { client, cache });
    client.post.mockRejectedValue(failure(0, 'server_unreachable'));
    await typeAndSend('Under way');
    first.unmount();
    const again = fakeClient();
    again.post.mockResolvedValue(note('Under way'));
    renderWithApi(box(REPLY), {
      client: again,
      cache: new QueryClient(),
      drafts: new Drafts(OF)
    });
    expect(screen.getByText(/It is not known yet/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(field()).toHaveValue(''));
    expect(lastDelivery(again)).toEqual({
      known: NEWEST,
      tried: ['Under way']
    });
  });

  it('says that the text did not arrive where that is known', async () => {
    const client = fakeClient();
    client.post.mockRejectedValue(
      new ApiError(504, {
        code: 'gitlab_timeout',
        message: 'Too slow.',
        hint: '',
        details: { arrived: false }
      })
    );
    renderWithApi(box(REPLY), { client, cache: knowing(discussion('late')) });
    await typeAndSend('Not there');
    expect(await screen.findByText(/the comment is not there/)).toBeVisible();
    expect(field()).toHaveValue('Not there');
  });

  it('forgets a try that GitLab refused', async () => {
    const client = fakeClient();
    client.post.mockRejectedValue(failure(422, 'gitlab_refused'));
    renderWithApi(box(REPLY), { client, cache: knowing(discussion('late')) });
    await typeAndSend('No');
    expect(await screen.findByText(/was not sent/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(lastDelivery(client)).toEqual({ known: NEWEST, tried: [] });
  });

  it('sends no blank text', async () => {
    renderWithApi(box());
    await userEvent.type(field(), '  ');
    expect(sendButton()).toBeDisabled();
  });

  it('stays open while keys go from the text to its buttons, and folds behind them', async () => {
    renderWithApi(
      <>
        <CommentBox
          target={{ kind: 'reply', discussionId: 'a' }}
          label="Say something"
          placeholder="…"
          sendLabel="Comment"
          compact
          actions={<button type="button">Resolve</button>}
        />
        <button type="button">Next thread</button>
      </>
    );
    await userEvent.click(field());
    expect(sendButton()).toBeVisible();
    await userEvent.tab();
    expect(screen.getByRole('button', { name: 'Resolve' })).toHaveFocus();
    expect(sendButton()).toBeVisible();
    await userEvent.tab();
    expect(screen.getByRole('button', { name: 'Next thread' })).toHaveFocus();
    expect(screen.queryByRole('button', { name: 'Comment' })).toBeNull();
  });

  it('throws away what is discarded', async () => {
    renderWithApi(box());
    await userEvent.type(field(), 'Nonsense');
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(field()).toHaveValue('');
    expect(window.localStorage).toHaveLength(0);
  });
});
