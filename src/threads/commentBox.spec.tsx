import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { ApiError, type ErrorCode } from '../api/errors';
import { fakeClient, OF, renderWithApi } from '../testing/api';
import { discussion, note } from '../testing/mergeRequests';
import { CommentBox } from './commentBox';
import { Drafts, type DraftTarget } from './drafts';

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

  it('looks whether the text arrived when no answer came', async () => {
    const client = fakeClient();
    client.post.mockRejectedValue(failure(504, 'gitlab_timeout'));
    client.get.mockResolvedValue({
      discussions: [discussion('new', { notes: [note('Did it arrive?')] })]
    });
    const { unmount } = renderWithApi(
      box({ kind: 'reply', discussionId: 'new' }),
      { client }
    );
    await typeAndSend('Did it arrive?');
    await waitFor(() => expect(field()).toHaveValue(''));
    expect(client.post).toHaveBeenCalledTimes(1);
    unmount();
  });

  it('offers another try when the text did not arrive', async () => {
    const client = fakeClient();
    client.post.mockRejectedValue(failure(0, 'server_unreachable'));
    client.get.mockResolvedValue({ discussions: [discussion('old')] });
    renderWithApi(box({ kind: 'reply', discussionId: 'old' }), { client });
    await typeAndSend('Not there');
    expect(await screen.findByText(/the comment is not there/)).toBeVisible();
    expect(field()).toHaveValue('Not there');
  });

  it('looks again before it sends again', async () => {
    const client = fakeClient();
    client.post.mockRejectedValue(failure(504, 'gitlab_timeout'));
    client.get.mockRejectedValue(failure(502, 'gitlab_unreachable'));
    renderWithApi(box({ kind: 'reply', discussionId: 'late' }), { client });
    await typeAndSend('Late');
    expect(await screen.findByText(/It is not known yet/)).toBeVisible();
    client.get.mockResolvedValue({
      discussions: [discussion('late', { notes: [note('Late')] })]
    });
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(field()).toHaveValue(''));
    expect(client.post).toHaveBeenCalledTimes(1);
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
