import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';

import { fakeClient, OF, renderWithApi } from '../testing/api';
import { DIFF_REFS } from '../testing/diffs';
import { discussion, draftNote, note } from '../testing/mergeRequests';
import { CommentBox } from './commentBox';
import { type DraftTarget, Drafts } from './drafts';
import { PendingProvider, usePending, useReadPending } from './pending';
import { PendingView } from './pendingView';
import { Thread } from './thread';

const LINE: DraftTarget = {
  kind: 'line',
  position: {
    ...DIFF_REFS,
    old_path: 'train.ipynb',
    new_path: 'train.ipynb',
    old_line: null,
    new_line: 102
  }
};

function Pending(props: { children: React.ReactNode }): React.JSX.Element {
  return (
    <PendingProvider value={useReadPending(OF)}>
      {props.children}
    </PendingProvider>
  );
}

function Count(): React.JSX.Element {
  return <p>{usePending().notes.length} pending</p>;
}

function box(target = LINE) {
  return (
    <Pending>
      <CommentBox
        target={target}
        label="Say something"
        placeholder="…"
        sendLabel="Comment now"
        review
      />
      <Count />
    </Pending>
  );
}

const answer = (...notes: ReturnType<typeof draftNote>[]) => ({
  draft_notes: notes,
  verdicts: ['comment', 'approve']
});

beforeEach(() => window.localStorage.clear());

describe('a pending comment', () => {
  it('begins a review, and the next one goes on with it', async () => {
    const client = fakeClient();
    client.get.mockResolvedValue(answer());
    client.post.mockResolvedValue(draftNote('First'));
    renderWithApi(box(), { client });
    await screen.findByText('0 pending');
    await userEvent.type(screen.getByRole('textbox'), 'First');
    client.get.mockResolvedValue(answer(draftNote('First')));
    await userEvent.click(
      screen.getByRole('button', { name: 'Start a review' })
    );
    expect(await screen.findByText('1 pending')).toBeVisible();
    expect(client.post).toHaveBeenCalledWith(
      '/merge-requests/{iid}/draft-notes',
      expect.objectContaining({
        body: expect.objectContaining({ body: 'First' }) as unknown
      })
    );
    await userEvent.type(screen.getByRole('textbox'), 'Second');
    expect(
      screen.getByRole('button', { name: 'Add to review' })
    ).toHaveAttribute('title', 'Ctrl+Enter');
  });

  it('can only be kept again, once it is not known whether it was', async () => {
    const client = fakeClient();
    client.get.mockResolvedValue(answer());
    renderWithApi(box(), { client });
    await screen.findByText('0 pending');
    client.post.mockRejectedValue(new TypeError('connection reset'));
    await userEvent.type(screen.getByRole('textbox'), 'Did it arrive?');
    await userEvent.click(
      screen.getByRole('button', { name: 'Start a review' })
    );
    expect(await screen.findByText(/It is not known yet/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Comment now' })).toBeDisabled();
    const made = draftNote('Did it arrive?');
    client.get.mockResolvedValue(answer(made));
    client.post.mockResolvedValue(made);
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('1 pending')).toBeVisible();
    expect(screen.getByRole('textbox')).toHaveValue('');
    expect(client.post).toHaveBeenLastCalledWith(
      '/merge-requests/{iid}/draft-notes',
      expect.objectContaining({
        body: expect.objectContaining({
          delivery: { known: 0, tried: ['Did it arrive?'] }
        }) as unknown
      })
    );
  });

  it('stands in its thread as a reply, which can have only one', async () => {
    const client = fakeClient();
    client.get.mockResolvedValue(
      answer(draftNote('I think so', { discussion_id: 'a' }))
    );
    renderWithApi(
      <Pending>
        <Thread discussion={discussion('a')} where="" />
      </Pending>,
      { client }
    );
    const reply = await screen.findByRole('group', { name: 'Pending reply' });
    expect(reply).toHaveTextContent('Pending');
    await userEvent.click(screen.getByRole('textbox'));
    expect(screen.getByRole('button', { name: 'Reply' })).toBeVisible();
    expect(screen.queryByRole('button', { name: /(a|to) review/ })).toBeNull();
  });

  it.each([
    [false, 'Resolve thread', true, 'Resolves the thread'],
    [true, 'Reopen thread', false, 'Reopens the thread']
  ])(
    'turns its thread around when it is published, if that is ticked (resolved: %s)',
    async (resolved, label, resolve, words) => {
      const client = fakeClient();
      client.get.mockResolvedValue(answer());
      const made = draftNote('Done', { discussion_id: 'a', resolve });
      client.post.mockResolvedValue(made);
      renderWithApi(
        <Pending>
          <Thread discussion={discussion('a', { resolved })} where="" />
        </Pending>,
        { client }
      );
      if (resolved) {
        await userEvent.click(screen.getByRole('button', { name: /jonas/ }));
      }
      await userEvent.type(screen.getByRole('textbox'), 'Done');
      await userEvent.click(screen.getByRole('checkbox', { name: label }));
      client.get.mockResolvedValue(answer(made));
      await userEvent.click(
        screen.getByRole('button', { name: 'Start a review' })
      );
      expect(
        await screen.findByRole('group', { name: 'Pending reply' })
      ).toHaveTextContent(words);
      expect(client.post.mock.calls[0][1].body).toMatchObject({
        body: 'Done',
        discussion_id: 'a',
        resolve
      });
      expect(client.put).not.toHaveBeenCalled();
    }
  );

  it('leaves its thread as it is otherwise', async () => {
    const client = fakeClient();
    client.get.mockResolvedValue(answer());
    const made = draftNote('Hm', { discussion_id: 'a' });
    client.post.mockResolvedValue(made);
    renderWithApi(
      <Pending>
        <Thread discussion={discussion('a')} where="" />
      </Pending>,
      { client }
    );
    await userEvent.type(screen.getByRole('textbox'), 'Hm');
    client.get.mockResolvedValue(answer(made));
    await userEvent.click(
      screen.getByRole('button', { name: 'Start a review' })
    );
    expect(
      await screen.findByRole('group', { name: 'Pending reply' })
    ).not.toHaveTextContent('thread');
    expect(client.post.mock.calls[0][1].body).toMatchObject({ resolve: null });
  });

  it('is not needed to resolve with a reply: one that is sent at once does so as well', async () => {
    const client = fakeClient();
    client.get.mockResolvedValue(answer());
    client.post.mockResolvedValue(note('Done'));
    renderWithApi(
      <Pending>
        <Thread discussion={discussion('a')} where="" />
      </Pending>,
      { client }
    );
    await userEvent.type(screen.getByRole('textbox'), 'Done');
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Resolve thread' })
    );
    await userEvent.click(screen.getByRole('button', { name: 'Reply' }));
    await waitFor(() =>
      expect(client.put).toHaveBeenCalledWith(
        '/merge-requests/{iid}/discussions/{discussion_id}',
        expect.objectContaining({ body: { resolved: true } })
      )
    );
  });

  it('can be changed, and what is typed survives a reload', async () => {
    const client = fakeClient();
    const note = draftNote('Old words');
    const view = (drafts: Drafts) =>
      renderWithApi(<PendingView note={note} where="line 2" />, {
        client,
        drafts
      });
    const first = view(new Drafts(OF));
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
    expect(screen.getByRole('textbox')).toHaveValue('Old words');
    await userEvent.type(screen.getByRole('textbox'), ' and new ones');
    first.unmount();
    view(new Drafts(OF));
    expect(screen.getByRole('textbox')).toHaveValue('Old words and new ones');
    client.put.mockResolvedValue(draftNote('Old words and new ones'));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(client.put.mock.calls[0][1].body).toEqual({
      body: 'Old words and new ones'
    });
    await waitFor(() => expect(screen.queryByRole('textbox')).toBeNull());
  });

  it('is gone once deleted', async () => {
    const client = fakeClient();
    const note = draftNote('Nonsense');
    client.get.mockResolvedValue(answer(note));
    client.delete.mockResolvedValue(answer());
    renderWithApi(
      <Pending>
        <PendingView note={note} where="" />
        <Count />
      </Pending>,
      { client }
    );
    await screen.findByText('1 pending');
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('0 pending')).toBeVisible();
  });
});
