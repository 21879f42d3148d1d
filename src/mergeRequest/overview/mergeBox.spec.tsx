import { showDialog } from '@jupyterlab/apputils';
import { RenderMimeRegistry } from '@jupyterlab/rendermime';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { ApiError } from '../../api/errors';
import { DiffSettings } from '../../diff/settings';
import { fakeClient, renderWithApi } from '../../testing/api';
import {
  discussion,
  mergeRequest,
  MIRA,
  position
} from '../../testing/mergeRequests';
import { CommandIDs, type IGitLab } from '../../tokens';
import { type IDocumentServices, ServicesProvider } from '../context';
import { MergeBox } from './mergeBox';

jest.mock('@jupyterlab/apputils', () => ({
  ...jest.requireActual('@jupyterlab/apputils'),
  showDialog: jest.fn()
}));

type MergeRequest = ReturnType<typeof mergeRequest>;

function setUp(
  shown: MergeRequest,
  branch = 'main',
  options: {
    discussions?: ReturnType<typeof discussion>[];
    onShow?: jest.Mock;
  } = {}
) {
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
      <MergeBox
        mergeRequest={shown}
        discussions={options.discussions ?? []}
        onShow={options.onShow ?? (() => undefined)}
      />
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
      awaitable: false,
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
    expect(screen.getByRole('button', { name: 'Check out' })).toBeVisible();
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
          awaitable: false,
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

  it('sets an automatic merge where the checks may still pass', async () => {
    const shown = blocked('ci_must_pass', 'Its pipeline has not succeeded.');
    const { client } = setUp({
      ...shown,
      mergeability: { ...shown.mergeability, awaitable: true }
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Set auto-merge', hidden: true })
    );
    expect(answer.mock.calls[0][0].title).toBe(
      'Merge !42 when all checks pass?'
    );
    await waitFor(() => expect(client.post).toHaveBeenCalled());
    expect(client.post.mock.calls[0][1].body).toMatchObject({ auto: true });
  });

  it('offers to wait for a running pipeline', () => {
    setUp(mergeRequest({ pipeline_status: 'running' }));
    expect(screen.getByRole('button', { name: 'Merge' })).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Merge when the pipeline passes' })
    ).toBeVisible();
  });

  it('tells who set the automatic merge and cancels it', async () => {
    const { client } = setUp(
      blocked('ci_still_running', 'Its pipeline is still running.', {
        auto_merge: { user: MIRA }
      })
    );
    expect(screen.getByText(/Set by Mira Solberg/)).toBeVisible();
    expect(screen.getByText(/Its pipeline is still running/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Cancel auto-merge' })
    );
    expect(client.delete.mock.calls[0][0]).toBe(
      '/merge-requests/{iid}/auto-merges'
    );
  });

  it('rebases where that is what is missing, and says why it could not', async () => {
    const { client } = setUp(
      blocked('need_rebase', 'The target has moved on.')
    );
    client.post.mockRejectedValue(
      new ApiError(403, {
        code: 'gitlab_forbidden',
        message: 'Source branch is protected from force push.',
        hint: ''
      })
    );
    await userEvent.click(screen.getByRole('button', { name: 'Rebase' }));
    expect(client.post.mock.calls[0][0]).toBe('/merge-requests/{iid}/rebases');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'protected from force push'
    );
  });

  it('shows that GitLab is rebasing', () => {
    setUp(mergeRequest({ rebase_in_progress: true }));
    expect(screen.getByRole('status')).toHaveTextContent(
      'GitLab is rebasing feature/auc onto main'
    );
  });

  it('says how far the branch has fallen behind', () => {
    setUp(mergeRequest({ behind: 3 }));
    expect(
      screen.getByText('main is 3 commits ahead of this branch.')
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Rebase' })).toBeVisible();
  });

  it('leads to the first thread that is not resolved', async () => {
    const onShow = jest.fn();
    setUp(
      blocked('discussions_not_resolved', 'Some threads are not resolved.'),
      'main',
      {
        discussions: [
          discussion('done', { resolved: true }),
          discussion('open', { position: position({ new_line: 1 }) })
        ],
        onShow
      }
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the unresolved thread' })
    );
    expect(onShow).toHaveBeenCalledWith({
      path: 'train.ipynb',
      discussionId: 'open'
    });
  });
});
