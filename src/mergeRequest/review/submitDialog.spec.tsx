import { QueryClient } from '@tanstack/react-query';
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';

import { keys } from '../../api/keys';
import { fakeClient, OF, renderWithApi } from '../../testing/api';
import { press, settled } from '../../testing/dialog';
import {
  discussion,
  draftNote,
  mergeRequest
} from '../../testing/mergeRequests';
import { Drafts } from '../../threads/drafts';
import { useSubmitReview } from './submitDialog';

const DONE = {
  published: 1,
  failed: [],
  summary_sent: true,
  verdict_given: true,
  error: null
};

function Harness(): React.JSX.Element {
  const submit = useSubmitReview(mergeRequest(), 'c'.repeat(40));
  return <button onClick={submit}>Open</button>;
}

async function open(client = fakeClient(), drafts = new Drafts(OF)) {
  const note = draftNote('Why this line?');
  const cache = new QueryClient();
  cache.setQueryData(keys.draftNotes(OF.folder, OF.iid), {
    draft_notes: [note],
    verdicts: ['comment', 'approve', 'request_changes']
  });
  const known = discussion('a');
  cache.setQueryData(keys.discussions(OF.folder, OF.iid), {
    discussions: [known]
  });
  renderWithApi(<Harness />, { client, cache, drafts });
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  await settled();
  return { client, note, drafts, newest: known.notes[0].id, cache };
}

/** jsdom opens no `dialog` elements: to it, what is inside is hidden. */
const summary = () =>
  screen.getByRole('textbox', { name: 'Summary of the review', hidden: true });

beforeEach(() => window.localStorage.clear());
afterEach(async () => {
  if (document.querySelector('.jp-Dialog')) {
    await press('Cancel');
  }
});

describe('submitting a review', () => {
  it('sends the summary, the verdict and the version that was looked at', async () => {
    const { client, newest, drafts } = await open();
    client.post.mockResolvedValue(DONE);
    await userEvent.type(summary(), 'Nearly there');
    await userEvent.click(
      screen.getByRole('radio', { name: /Request changes/, hidden: true })
    );
    expect(drafts.get({ kind: 'summary' })).toBe('Nearly there');
    await press('Submit review');
    await waitFor(() =>
      expect(document.querySelector('.jp-Dialog')).toBeNull()
    );
    expect(client.post.mock.calls[0][1].body).toEqual({
      sha: 'c'.repeat(40),
      known_note: newest,
      summary: 'Nearly there',
      verdict: 'request_changes'
    });
    expect(drafts.get({ kind: 'summary' })).toBe('');
  });

  it('lists what was refused with the reason, and keeps the summary', async () => {
    const { client, note, drafts, cache } = await open();
    client.post.mockResolvedValue({
      ...DONE,
      failed: [
        {
          draft_note: note,
          error: {
            code: 'position_refused',
            message: 'GitLab takes no comment on the line of this one.',
            hint: 'Write it anew.',
            details: {}
          }
        }
      ],
      summary_sent: false
    });
    await userEvent.type(summary(), 'Good');
    await press('Submit review');
    expect(
      await screen.findByText(
        'GitLab takes no comment on the line of this one.'
      )
    ).toBeInTheDocument();
    expect(screen.getByText('Why this line?')).toBeInTheDocument();
    expect(summary()).toHaveValue('Good');
    expect(drafts.get({ kind: 'summary' })).toBe('Good');
    client.delete.mockResolvedValue({ draft_notes: [], verdicts: ['comment'] });
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Delete this comment',
        hidden: true
      })
    );
    await waitFor(() =>
      expect(screen.queryByText('Why this line?')).toBeNull()
    );
    expect(
      cache.getQueryData(keys.draftNotes(OF.folder, OF.iid))
    ).toMatchObject({ draft_notes: [] });
  });

  it('knows after a reload since when the summary may be there', async () => {
    const first = await open();
    first.client.post.mockRejectedValue(new TypeError('connection reset'));
    await userEvent.type(summary(), 'Fine');
    await press('Submit review');
    expect(await screen.findByText(/was not submitted/)).toBeInTheDocument();
    await press('Cancel');
    cleanup();
    const again = await open(fakeClient(), new Drafts(OF));
    again.client.post.mockResolvedValue(DONE);
    await press('Submit review');
    expect(again.newest).toBeGreaterThan(first.newest);
    expect(again.client.post).toHaveBeenCalledWith(
      '/merge-requests/{iid}/reviews',
      expect.objectContaining({
        body: expect.objectContaining({
          known_note: first.newest,
          summary: 'Fine'
        }) as unknown
      })
    );
  });

  it('has the summary again when the dialog is opened again', async () => {
    const drafts = new Drafts(OF);
    drafts.set({ kind: 'summary' }, 'Half a thought');
    await open(fakeClient(), drafts);
    expect(summary()).toHaveValue('Half a thought');
  });
});
