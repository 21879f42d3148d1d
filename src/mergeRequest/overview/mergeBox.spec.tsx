import { showDialog } from '@jupyterlab/apputils';
import { RenderMimeRegistry } from '@jupyterlab/rendermime';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { ApiError } from '../../api/errors';
import { DiffSettings } from '../../diff/settings';
import { fakeClient, renderWithApi } from '../../testing/api';
import { mergeRequest, MIRA } from '../../testing/mergeRequests';
import { CommandIDs, type IGitLab } from '../../tokens';
import { type IDocumentServices, ServicesProvider } from '../context';
import { MergeBox } from './mergeBox';

jest.mock('@jupyterlab/apputils', () => ({
  ...jest.requireActual('@jupyterlab/apputils'),
  showDialog: jest.fn()
}));

type MergeRequest = ReturnType<typeof mergeRequest>;

function setUp(shown: MergeRequest, branch = 'main') {
  const owner = {};
  const commands = new CommandRegistry();
  const returnToTarget = jest.fn();
  commands.addCommand(CommandIDs.returnToTarget, { execute: returnToTarget });
  const services: IDocumentServices = {
    folder: 'clone',
    iid: 42,
    commands,
    gitlab: {
      state: { kind: 'ready', folder: 'clone', repository: { branch } },
      stateChanged: new Signal(owner)
    } as unknown as IGitLab,
    rendermime: new RenderMimeRegistry(),
    settings: new DiffSettings(null),
    setTitle: () => undefined
  };
  const client = fakeClient();
  renderWithApi(
    <ServicesProvider value={services}>
      <MergeBox mergeRequest={shown} />
    </ServicesProvider>,
    { client }
  );
  return { client, returnToTarget };
}

/** jsdom shows no modal dialogs: what the user answers. */
const answer = showDialog as jest.Mock;

beforeEach(() => {
  answer.mockReset();
  answer.mockResolvedValue({ button: { accept: true } });
});

function blocked(status: string, reason: string, more = {}): MergeRequest {
  return mergeRequest({
    mergeability: {
      mergeable: false,
      checking: false,
      status,
      reason,
      hint: 'What to do.'
    },
    ...more
  });
}

describe('the merge box', () => {
  it('merges exactly the commit that is shown, after asking', async () => {
    const { client } = setUp(mergeRequest({ sha: 'f'.repeat(40) }));
    await userEvent.click(screen.getByLabelText('Squash commits into one'));
    await userEvent.click(screen.getByRole('button', { name: 'Merge' }));
    expect(answer.mock.calls[0][0].title).toBe('Merge !42?');
    await waitFor(() => expect(client.post).toHaveBeenCalled());
    expect(client.post.mock.calls[0]).toMatchObject([
      '/merge-requests/{iid}/merges',
      {
        path: { iid: 42 },
        body: { sha: 'f'.repeat(40), squash: true, remove_source_branch: true }
      }
    ]);
  });

  it('brings the clone back to the target branch when it was on the source', async () => {
    const shown = mergeRequest();
    const { client, returnToTarget } = setUp(shown, 'feature/auc');
    client.post.mockResolvedValue({ ...shown, state: 'merged' });
    await userEvent.click(screen.getByRole('button', { name: 'Merge' }));
    await waitFor(() =>
      expect(returnToTarget).toHaveBeenCalledWith({ target: 'main' })
    );
  });

  it('does nothing when the question is answered with no', async () => {
    answer.mockResolvedValue({ button: { accept: false } });
    const { client } = setUp(mergeRequest());
    await userEvent.click(screen.getByRole('button', { name: 'Merge' }));
    expect(client.post).not.toHaveBeenCalled();
  });

  it('leaves a clone on another branch alone', async () => {
    const shown = mergeRequest();
    const { client, returnToTarget } = setUp(shown, 'other');
    client.post.mockResolvedValue({ ...shown, state: 'merged' });
    await userEvent.click(screen.getByRole('button', { name: 'Merge' }));
    await waitFor(() => expect(client.post).toHaveBeenCalled());
    expect(returnToTarget).not.toHaveBeenCalled();
  });

  it('tells GitLab’s reason when the merge is refused', async () => {
    const { client } = setUp(mergeRequest());
    client.post.mockRejectedValue(
      new ApiError(409, {
        code: 'head_moved',
        message: 'Somebody has pushed since.',
        hint: ''
      })
    );
    await userEvent.click(screen.getByRole('button', { name: 'Merge' }));
    expect(await screen.findByText('Somebody has pushed since.')).toBeVisible();
  });

  it('says why it can’t be merged, and what to do', () => {
    setUp(blocked('conflict', 'There are conflicts with main.'));
    expect(screen.getByText('There are conflicts with main.')).toBeVisible();
    expect(screen.getByText('What to do.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Merge' })).toBeNull();
    expect(
      screen.getByRole('button', { name: 'Check out feature/auc' })
    ).toBeVisible();
  });

  it('offers to mark a draft as ready', async () => {
    const { client } = setUp(
      blocked('draft_status', 'It is a draft.', { draft: true })
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Mark as ready' })
    );
    expect(client.put.mock.calls[0][1].body).toEqual({ draft: false });
  });

  it('waits while GitLab is checking', () => {
    setUp(
      mergeRequest({
        mergeability: {
          mergeable: false,
          checking: true,
          status: 'checking',
          reason: '',
          hint: ''
        }
      })
    );
    expect(screen.getByText(/GitLab is checking/)).toBeVisible();
  });

  it('sends those who may not merge to a maintainer', () => {
    setUp(mergeRequest({ can_merge: false }));
    expect(screen.getByText(/ask a maintainer/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Merge' })).toBeNull();
  });

  it('offers the way back after the merge', async () => {
    const { returnToTarget } = setUp(
      mergeRequest({ state: 'merged', merged_by: MIRA }),
      'feature/auc'
    );
    expect(screen.getByText(/Merged into main by Mira Solberg/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Switch to main and update it' })
    );
    expect(returnToTarget).toHaveBeenCalled();
  });
});
